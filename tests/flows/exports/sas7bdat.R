# Writes <name>.sas7bdat for each <name>.csv of a folder: Rscript sas7bdat.R FOLDER
# The first row of a CSV says what its columns are: text, number or date.
library(haven)

for (file in list.files(commandArgs(TRUE)[1], "\\.csv$", full.names = TRUE)) {
  given <- read.csv(file, colClasses = "character", na.strings = character(0), encoding = "UTF-8")
  kinds <- unlist(given[1, ])
  frame <- given[-1, , drop = FALSE]
  for (column in names(frame)) {
    values <- frame[[column]]
    values[values == "" & kinds[column] != "text"] <- NA
    frame[[column]] <- switch(
      kinds[column],
      number = as.numeric(values),
      date = structure(as.Date(values), format.sas = "DATE9"),
      values
    )
  }
  write_sas(frame, sub("csv$", "sas7bdat", file))
}
