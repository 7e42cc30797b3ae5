"""What a page has drawn, read from a picture of it: WebGL leaves no elements behind."""

import base64

from playwright.sync_api import Page

READ = """async ({png, colour, near}) => {
  const bytes = Uint8Array.from(atob(png), each => each.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], {type: 'image/png'}))
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')
  context.drawImage(bitmap, 0, 0)
  const {data} = context.getImageData(0, 0, bitmap.width, bitmap.height)
  const found = []
  for (let at = 0; at < data.length; at += 4) {
    const far = colour.reduce((sum, each, part) => sum + Math.abs(each - data[at + part]), 0)
    if (far <= near) found.push([(at / 4) % bitmap.width, Math.floor(at / 4 / bitmap.width)])
  }
  return found
}"""


def drawn(page: Page, colour: str, near: int = 6) -> list[tuple[int, int]]:
    """Where on the map this colour (#rrggbb) is, in the page's own pixels."""
    place = page.locator(".drawn")
    box = place.bounding_box()
    assert box
    png = base64.b64encode(place.screenshot(type="png", scale="css")).decode()
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    found = page.evaluate(READ, {"png": png, "colour": parts, "near": near})
    return [(int(box["x"]) + x, int(box["y"]) + y) for x, y in found]
