"""What headings are usually called, by the field they turn out to be."""

# Of a person, how to reach them: never asked for.
CONTACT = (
    "email", "e mail", "mail", "phone", "telephone", "tel", "mobile", "address", "street",
    "contact", "contact name", "whatsapp", "twitter", "instagram", "linkedin", "date of birth",
    "dob", "age", "gender", "ethnicity",
)  # fmt: skip

KINDS: dict[str, tuple[str, ...]] = {
    "person": ("person", "people", "folk", "staff", "members", "participants", "contacts",
               "pronouns", "surname", "first name", "job title", "your name", "works for"),
    "organisation": ("organisation", "organisations", "organization", "organizations", "charity",
                     "charities", "group", "groups", "company", "companies", "partners", "legal"),
    "project": ("project", "projects", "grant", "grants", "award", "awards", "programme",
                "amount", "awarded", "starts", "ends", "led", "began", "finished", "host",
                "happening", "happenings", "activity", "activities", "budget"),
    "place": ("place", "places", "gss", "latitude", "longitude", "ward", "authority", "authorities",
              "lat", "long", "region"),
    "theme": ("theme", "themes", "tag", "tags", "category", "categories", "term", "terms",
              "vocabulary", "broader", "word", "words"),
}  # fmt: skip

# (field, headings): of several columns the one that comes first in the list is taken.
NAMES: dict[str, tuple[str, ...]] = {
    "person": ("name", "full name", "your name", "person", "person name", "called", "who"),
    "organisation": ("name", "organisation", "organization", "organisation name", "charity name",
                     "charity", "group", "group name", "company", "company name", "title", "called",
                     "alternative name", "charity name e w"),
    "project": ("title", "project", "project name", "name", "project title", "grant title",
                "called", "activity", "service", "happening"),
    "place": ("name", "place", "place name", "nice name", "official name", "area", "town"),
    "theme": ("label", "name", "tag", "theme", "category name", "term", "word", "our word", "words",
              "title", "category"),
}  # fmt: skip
IDS = ("id", "ref", "reference", "code", "slug", "identifier", "key", "number", "user name")
OTHER_NAMES = ("also known as", "other names", "other name", "aka", "alias", "aliases",
               "alternative name", "alternative names", "former name", "known as")  # fmt: skip
PLACES = ("place", "town", "city", "where", "location", "based", "based in", "local authority",
          "district", "borough", "county", "postcode", "post code", "neighbourhood", "area",
          "location country", "country")  # fmt: skip
SERVES = ("area served", "areas served", "serves", "beneficiary area", "works in", "coverage")
THEMES = ("themes", "theme", "tags", "tag", "categories", "category", "topics", "topic", "words",
          "interests", "what you care about", "sector", "sectors", "sub category", "keywords",
          "circle", "fund theme", "cause")  # fmt: skip
EMPLOYERS = ("organisation", "organization", "works for", "employer", "company", "group", "charity",
             "with", "organisation name", "organization name")  # fmt: skip
WORKS_FOR = ("organisation", "organization", "works for", "employer", "company")
MEMBERSHIPS = ("member of", "membership", "network", "networks", "belongs to", "appg")
ROLES = ("role", "job title", "position", "job", "title", "officer role", "what you do")
LEADS = ("led by", "lead", "awarded to", "recipient", "host", "delivered by", "lead partner")
PARTNERS = ("with", "partners", "partner", "also working on it", "alongside")
FUNDERS = ("funder", "funded by", "fund")
ABOUT = ("description", "about", "bio", "summary", "in a sentence", "purpose", "what you do",
         "tell us about it", "what the page says", "activities")  # fmt: skip
CONSENT = ("consent", "who may see your name", "may we name them", "visibility", "audience",
           "name to be seen by", "may we share")  # fmt: skip
REQUESTS = ("may we send people to you", "takes introductions", "happy to be asked",
            "taking requests")  # fmt: skip
CAPACITY = ("how many a quarter", "requests a quarter", "a season", "capacity")
STARTS = ("starts", "start", "start date", "from", "began", "date started", "award date")
ENDS = ("ends", "end", "end date", "to", "finished", "until", "finish date")
FOUNDED = ("founded", "since", "date registered", "registered", "established", "incorporated",
           "date of registration", "year founded")  # fmt: skip
CLOSED = ("closed", "date removed", "dissolved", "date closed")
UPDATED = ("updated", "last updated", "updated at", "modified", "last modified", "date")
STATES = ("status", "state", "standing")
LESSONS = ("lessons", "what was learnt", "what we learnt", "wisdom", "learning", "lessons learnt",
           "if it ended what would you tell the next person", "reflections")  # fmt: skip
REACHED = ("people reached", "reached", "beneficiaries", "number of beneficiaries",
           "number of people", "how many people")  # fmt: skip
OFFERS = ("offers", "offer", "we offer", "we can offer", "i can offer", "what we can offer",
          "what you can offer", "what can you offer", "can help with")  # fmt: skip
ASKS = ("asks", "ask", "needs", "we need", "looking for", "support wanted", "what we need",
        "what you need", "what do you need", "what would help")  # fmt: skip
SORTS = ("kind", "type", "sort", "form of organization", "legal form", "organisation type",
         "category")  # fmt: skip
WEB = ("website", "url", "web", "web address", "web page", "link", "homepage")

FROM = ("from", "who answered", "who", "one", "person a", "of ours", "source", "ours")
TO = ("to", "about whom", "of whom", "whom", "other", "another", "with whom", "person b", "target",
      "ref known")  # fmt: skip
CLOSE = ("how close are you", "closeness", "how close", "how near", "close", "strength")
OFTEN = ("how often", "frequency", "how often are you in touch", "in touch")
MEANS = ("mean of ten", "mean", "felt")
ANSWERED = ("of ten answered", "answered", "how many answered")
DAYS = ("on", "day", "date", "asked on", "when", "date of the page")

VISIBLE = {
    "public": ("anyone", "yes", "public", "open", "everyone", "yes to anyone", "y", "true"),
    "field": ("members", "to members", "field", "the field", "partners", "network"),
    "weaver": ("weavers", "weaver", "to weavers", "staff", "team"),
    "steward": ("stewards", "steward"),
    "hidden": ("no", "nobody", "no one", "hidden", "private", "n", "false", "never"),
}
