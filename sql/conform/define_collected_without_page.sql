-- One record per variable collected on the form without a page of the annotated form.
-- Words: {variable} is collected, and Define-XML does not say on which page of the form
-- Todo: refer to the pages of the annotated CRF
-- Source: Define-XML 2.1 section 5.3.11 (Origin, PDFPageRef)
-- Severity: warning
-- Standard: Define
-- Needs: define SDTM
SELECT
    v.dataset,
    v.variable
FROM define.variables AS v
SEMI JOIN meta.variables AS m ON m.standard = v.standard AND m.dataset = v.dataset AND m.variable = v.variable
WHERE
    v.standard = 'SDTM'
    AND v.origin IN ('Collected', 'CRF')
    AND coalesce(v.source, 'Investigator') <> 'Vendor'
    AND trim(coalesce(v.pages, '')) = ''
    AND EXISTS (
        FROM define.variables AS p
        WHERE p.standard = 'SDTM' AND p.pages IS NOT NULL
    )
