"""Every ADaM dataset (ADaMIG 1.3, OCCDS 1.1), in build order."""

from pandera.pandas import DataFrameSchema

from schemas.adam.adae import ADAE
from schemas.adam.adex import ADEX
from schemas.adam.adqs import ADQS
from schemas.adam.adsl import ADSL
from schemas.adam.adtte import ADTTE
from schemas.adam.advs import ADVS

DATASETS: dict[str, DataFrameSchema] = {
    schema.name: schema for schema in (ADSL, ADAE, ADEX, ADQS, ADVS, ADTTE)
}
