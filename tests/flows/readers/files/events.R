# Writes events.sas7bdat and events.xpt into the working directory: Rscript events.R
library(haven)

with_format <- function(values, format) {
  attr(values, "format.sas") <- format
  values
}

days <- as.Date(c("2020-01-05", "1959-12-31", NA, "2020-02-29"))
moments <- as.POSIXct(c("2020-01-05 09:30:00", "2020-01-05 00:00:00", NA, "2020-01-05 23:59:30"), tz = "UTC")
events <- data.frame(
  SUBJ = c("001", "002", "003", "004"),
  NAME = c("Example One", "Example Two", "Example Three", "Example Four"),
  TERM = c("发热", "fièvre", "", " rash"),
  stringsAsFactors = FALSE
)
events$DOSE <- c(0.1 + 0.2, 100, NA, -1e-05)
events$DAY <- with_format(days, "DATE9")
events$MONTH <- with_format(days, "MONYY7")
events$AT <- with_format(moments, "DATETIME20")
events$CLOCK <- with_format(hms::hms(c(34200, 0, NA, 34215)), "TIME8")
events$SCORE <- c(tagged_na("A"), tagged_na("Z"), NA, 5)
events$SERIAL <- c(43835, 1, 2, 3)
events$SEX <- with_format(c(1, 2, 1, 2), "SEXF")

write_sas(events, "events.sas7bdat")
write_xpt(events, "events.xpt", version = 5, name = "EVENTS")
