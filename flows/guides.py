"""The reviewer's guides of a snapshot: what they say is gathered here, and written as DOCX and PDF.

    facts = guide_facts(snapshot, findings, changes, dispositions)      # of an opened Snapshot (flows/reading.py)
    write_guides(facts, folder_of_sdtm, folder_of_adam)                 # csdrg.docx, csdrg.pdf; adrg.docx, adrg.pdf

`findings` are those of conformance (id, rule, severity ...), `dispositions` the study's
(flows.dispositions.dispositions_of), `changes` what writing the package did to the data (transforms.export.guides).
"""
