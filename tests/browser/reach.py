"""Whether all that can be used on a page can be brought into view and is not covered or cut off there."""

from playwright.sync_api import Page

_LOST = r"""() => {
  const shown = one => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden' && !one.closest('[inert], [aria-hidden="true"], [hidden]')
  const seen = one => { const box = one.getBoundingClientRect(); return box.width > 3 && box.height > 3 && getComputedStyle(one).opacity !== '0' }
  const whole = one => one.closest('label, .el-select, .el-input, .el-textarea, .el-date-editor, .el-checkbox, .el-radio, .el-switch, .el-upload, .el-input-number') ?? one
  const name = one => one.tagName.toLowerCase() + (one.className && typeof one.className === 'string' ? '.' + one.className.split(' ').join('.') : '') + ' ' + (one.getAttribute('aria-label') || one.textContent || one.placeholder || '').trim().slice(0, 30)
  const lost = []
  for (const one of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')) {
    const what = whole(one)
    if (!shown(what) || !seen(what) || one.disabled) continue
    what.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    const box = what.getBoundingClientRect()
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight)
    if (right - left < Math.min(8, box.width) || bottom - top < Math.min(8, box.height)) { if (!what.matches('.skip, [class*=skip]')) lost.push('out of view: ' + name(one)); continue }
    const spots = [[.5, .5], [.25, .5], [.75, .5], [.5, .25], [.5, .75]].map(([x, y]) => document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y))
    if (!spots.some(hit => hit && (what.contains(hit) || hit.contains(what) && hit.matches('label, a, button')))) lost.push('covered: ' + name(one) + ' by ' + (spots[0] ? name(spots[0]) : 'nothing'))
  }
  // Words that a box cuts off, without dots that say so and a way to read them whole.
  for (const one of document.querySelectorAll('h1, h2, h3, p, span, a, button, td, th, dt, dd, li, label, strong, b, legend')) {
    if (!shown(one) || ![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue
    const style = getComputedStyle(one)
    if (style.display === 'inline' || style.position === 'absolute' && one.clientWidth <= 1) continue
    if (one.scrollWidth > one.clientWidth + 2 && ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis') lost.push('cut: ' + name(one))
    if (one.scrollHeight > one.clientHeight + 4 && ['hidden', 'clip'].includes(style.overflowY) && style.textOverflow !== 'ellipsis' && !style.webkitLineClamp) lost.push('cut below: ' + name(one))
  }
  scrollTo(0, 0)
  return [...new Set(lost)]
}"""


def lost(page: Page) -> list[str]:
    """What somebody could not get at on this page as it stands, in words."""
    found: list[str] = page.evaluate(_LOST)
    return found
