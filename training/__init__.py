"""Makes the starter translation packages: corpora -> Transformer -> CTranslate2 -> .argosmodel.

Not part of the installed product; see README.md beside this file.
"""
