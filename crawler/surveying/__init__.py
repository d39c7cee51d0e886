"""A look at a site that nobody has described: what a class for it would say, and a page to test that with."""

from crawler.surveying.proposal import Proposal, propose
from crawler.surveying.site import Survey, SurveyFailed, look_at

__all__ = ["Proposal", "Survey", "SurveyFailed", "look_at", "propose"]
