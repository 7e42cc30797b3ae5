"""The map's colours, as its page has them, and how far apart eyes see them."""

import re
from pathlib import Path

import numpy as np
import numpy.typing as npt

WRITTEN = Path(__file__).parents[2] / "web/map/src/colours.ts"
Rgb = npt.NDArray[np.float64]
# What a colour becomes where one kind of cone is lacking (Machado and others, 2009, severity 1).
EYES = {
    "all": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def read(theme: str) -> dict[str, list[str]]:
    """`paper`, `mark`, `circles`, `routes` ...: the colours of LIGHT or DARK."""
    text = WRITTEN.read_text("utf-8").split(f"const {theme}: Theme = {{")[1].split("\n}")[0]
    found = re.findall(r"(\w+): (\[[^\]]*\]|'#\w{6}')", text)
    return {name: re.findall(r"#\w{6}", value) for name, value in found}


def linear(colour: str) -> Rgb:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    found: Rgb = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return found


def contrast(one: str, other: str) -> float:
    """As WCAG measures it: 1 to 21."""
    dark, light = sorted(float(linear(each) @ XYZ[1]) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


def apart(one: str, other: str, eyes: str) -> float:
    """Distance in CIE Lab as these eyes see the two: 2 can just be told apart side by side."""
    return float(np.linalg.norm(_lab(one, eyes) - _lab(other, eyes)))


def _lab(colour: str, eyes: str) -> Rgb:
    x, y, z = XYZ @ np.clip(EYES[eyes] @ linear(colour), 0, 1) / WHITE
    a, b, c = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * b - 16, 500 * (a - b), 200 * (b - c)])
