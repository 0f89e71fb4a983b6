"""What each form is: the site's words after renaming and recoding, before they become SDTM. One file each."""

from schemas.forms.ae import AE
from schemas.forms.ce import CE
from schemas.forms.cm import CM
from schemas.forms.co import CO
from schemas.forms.dm import DM
from schemas.forms.ds import DS
from schemas.forms.ec import EC
from schemas.forms.eg import EG
from schemas.forms.ex import EX
from schemas.forms.fa import FA
from schemas.forms.ie import IE
from schemas.forms.lb import LB
from schemas.forms.mh import MH
from schemas.forms.pr import PR
from schemas.forms.qs import QS
from schemas.forms.rs import RS
from schemas.forms.sae import SAE
from schemas.forms.sc import SC
from schemas.forms.vs import VS

FORMS = {
    schema.name: schema
    for schema in (DM, SC, IE, MH, CM, PR, AE, SAE, CE, VS, EG, LB, EC, EX, DS, QS, RS, FA, CO)
}
