"""The work on what is stored: extract, identify, translate, fingerprint, group."""
