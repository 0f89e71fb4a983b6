"""Every SDTM dataset (SDTMIG 3.4), in the order of the observation classes."""

from pandera.pandas import DataFrameSchema

from schemas.sdtm.ae import AE
from schemas.sdtm.ce import CE
from schemas.sdtm.cm import CM
from schemas.sdtm.co import CO
from schemas.sdtm.dm import DM
from schemas.sdtm.ds import DS
from schemas.sdtm.ec import EC
from schemas.sdtm.eg import EG
from schemas.sdtm.ex import EX
from schemas.sdtm.famh import FAMH
from schemas.sdtm.ie import IE
from schemas.sdtm.lb import LB
from schemas.sdtm.mh import MH
from schemas.sdtm.pr import PR
from schemas.sdtm.qs import QS
from schemas.sdtm.relrec import RELREC
from schemas.sdtm.rs import RS
from schemas.sdtm.sc import SC
from schemas.sdtm.se import SE
from schemas.sdtm.suppqual import supp
from schemas.sdtm.sv import SV
from schemas.sdtm.ta import TA
from schemas.sdtm.te import TE
from schemas.sdtm.ti import TI
from schemas.sdtm.ts import TS
from schemas.sdtm.tv import TV
from schemas.sdtm.vs import VS

TRIAL_DESIGN = (TS, TA, TE, TI, TV)
OF_SUBJECTS = (DM, CO, SE, SV, CM, EC, EX, PR, AE, CE, DS, MH, EG, IE, LB, QS, RS, SC, VS, FAMH)
# a comment has no qualifiers
SUPPLEMENTS = tuple(supp(schema.name) for schema in OF_SUBJECTS if schema is not CO)

DATASETS: dict[str, DataFrameSchema] = {
    schema.name: schema for schema in (*TRIAL_DESIGN, *OF_SUBJECTS, *SUPPLEMENTS, RELREC)
}
