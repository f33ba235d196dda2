"""How often things happen: published English margins, and what was assumed.

Nothing here was learnt from records of real children. Figures marked *assumed*
are the authors' own and only have to be plausible. Weights need not add to 1.
"""

from __future__ import annotations

from typing import Final

BALANCED_BELOW: Final = 500
"""Counties smaller than this have equal numbers in need, on plans and in care,
so that every audit has enough to choose from; larger ones are lifelike."""

OPEN_FIRST: Final = ("cin", "cp", "cic")
"""The journeys that a small county is mostly made of."""

OTHERS: Final = {
    "leaver": 0.34,
    "assessment": 0.14,
    "assessed": 0.12,
    "early_help": 0.12,
    "contact": 0.1,
    "cin_closed": 0.06,
    "cp_ended": 0.06,
    "cic_ended": 0.06,
}
"""What the rest of a small county is made of (assumed)."""

LIFELIKE: Final = {
    "contact": 0.25,
    "early_help": 0.09,
    "referral_nfa": 0.015,
    "assessed": 0.16,
    "assessment": 0.09,
    "cin": 0.14,
    "cin_closed": 0.08,
    "cp": 0.05,
    "cp_ended": 0.025,
    "cic": 0.065,
    "cic_ended": 0.012,
    "leaver": 0.023,
}
"""Children known over six months by where they have got to. Proportions of
open, planned and looked-after children follow DfE, Children in need 2025 and
Children looked after 2025; how many stay contacts or early help is assumed."""

FAMILY_SIZE: Final = {"1": 0.5, "2": 0.28, "3": 0.15, "4": 0.07}
"""Brothers and sisters known together (assumed)."""

SEX_MALE: Final = 0.549
"""Share of boys among born children: 53.8 : 44.2, DfE, Children in need 2020."""

DISABILITY: Final = 0.127
"""DfE, Children in need 2016. Drawn without regard to anything else."""

ETHNICITY: Final = {
    "WBRI": 0.665,
    "WIRI": 0.004,
    "WIRT": 0.004,
    "WOTH": 0.036,
    "WROM": 0.008,
    "MWBC": 0.03,
    "MWBA": 0.014,
    "MWAS": 0.017,
    "MOTH": 0.027,
    "AIND": 0.012,
    "APKN": 0.032,
    "ABAN": 0.013,
    "AOTH": 0.017,
    "BCRB": 0.016,
    "BAFR": 0.053,
    "BOTH": 0.017,
    "CHNE": 0.003,
    "OOTH": 0.031,
    "REFU": 0.004,
    "NOBT": 0.015,
}
"""Groups: White 71.7, Mixed 8.8, Black 8.6, Asian 7.4, other 3.4 per cent of those
known, DfE, Children in need 2020; the split inside a group is assumed. Drawn for
families, without regard to anything else."""

UNBORN: Final = {"cin": 0.018, "cp": 0.024}
"""DfE, Children in need 2020; only in lifelike counties."""

AGES: Final = {
    "cin": ((0, 0, 5), (1, 4, 17), (5, 9, 27), (10, 15, 31), (16, 17, 18)),
    "cp": ((0, 0, 9), (1, 4, 26), (5, 9, 29), (10, 15, 31), (16, 17, 5)),
    "cic": ((0, 0, 4.8), (1, 4, 13.8), (5, 9, 18.1), (10, 15, 38.6), (16, 17, 24.7)),
    "leaver": ((17, 17, 8), (18, 20, 62), (21, 24, 30)),
}
"""First age, last age, weight. In need: DfE 2016, filled up; in care: DfE 2022;
on plans and care leavers: assumed."""

SOURCE: Final = {
    "6": 0.287,
    "2A": 0.182,
    "3A": 0.03,
    "3B": 0.028,
    "3C": 0.012,
    "3D": 0.015,
    "3E": 0.045,
    "3F": 0.02,
    "5A": 0.05,
    "5B": 0.051,
    "5C": 0.02,
    "5D": 0.02,
    "1A": 0.045,
    "1B": 0.016,
    "1C": 0.008,
    "1D": 0.012,
    "8": 0.049,
    "7": 0.039,
    "2B": 0.021,
    "9": 0.021,
    "10": 0.014,
    "4": 0.013,
}
"""DfE, referrals 2020; the split inside health, council and individuals is
assumed."""

RE_REFERRAL: Final = 0.226
"""Referrals within twelve months of an earlier one: DfE 2025."""

ASSESSMENT_DAYS: Final = (
    (0, 0, 1.8),
    (1, 10, 11.7),
    (11, 20, 17.3),
    (21, 30, 15.8),
    (31, 40, 20.2),
    (41, 45, 18.9),
    (46, 50, 5.8),
    (51, 60, 4.3),
    (61, 80, 4.2),
)
"""Working days from referral to authorisation: DfE 2025."""

CONFERENCE_DAYS: Final = ((6, 10, 8.7), (11, 15, 72.7), (16, 20, 8.9), (21, 30, 9.7))
"""Working days from strategy discussion to conference: DfE 2025."""

ENQUIRY_TO_CONFERENCE: Final = 0.31
"""Section 47 enquiries that lead to an initial conference: derived from DfE 2025."""

CATEGORY: Final = {
    "neglect": 0.505,
    "emotional_abuse": 0.357,
    "physical_abuse": 0.074,
    "sexual_abuse": 0.038,
    "multiple": 0.026,
}
"""Initial category of abuse: DfE, 31 March 2020."""

NEED: Final = {
    "N1": 0.506,
    "N5": 0.174,
    "N2": 0.096,
    "N4": 0.087,
    "N8": 0.03,
    "N3": 0.03,
    "N6": 0.02,
    "N7": 0.007,
    "N9": 0.05,
}
"""Primary need: DfE 2016 for the first three, the others assumed."""

CARE_NEED: Final = {
    "N1": 0.65,
    "N5": 0.12,
    "N8": 0.08,
    "N4": 0.08,
    "N2": 0.02,
    "N3": 0.03,
    "N6": 0.02,
}
"""Need of children in care, from memory of DfE 2024."""

CARE_LENGTH: Final = ((45, 180, 20), (181, 365, 17), (366, 1095, 35), (1096, 2600, 28))
"""Days in care so far (assumed)."""

PLAN_LENGTH: Final = ((40, 90, 26), (91, 182, 27), (183, 365, 32), (366, 700, 15))
"""Days on an open child protection plan so far (assumed)."""

NEED_LENGTH: Final = ((90, 182, 40), (183, 365, 35), (366, 730, 25))
"""Days since the referral of an open child in need (assumed)."""

WORKER_KINDS: Final = {
    "newly qualified": 0.15,
    "early career": 0.25,
    "experienced": 0.3,
    "senior": 0.12,
    "agency": 0.18,
}
"""Agency: DfE workforce 2023; the others assumed."""

CASELOAD: Final = 16
"""Children for each worker: DfE workforce, 2016 to 2023."""
