/** What is built runs in Chromium 85: its syntax, its styles, what it calls. Reads what `python hatch_build.py` has made. */
import { parse } from 'acorn'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import postcss, { type Rule } from 'postcss'
import { describe, expect, it } from 'vitest'

const BUILT = '../src/jingwei/config/web'
const parts = (ending: string) => readdirSync(`${BUILT}/assets`).filter((name) => name.endsWith(ending)).map((name) => ({ name: name.replace(/-[\w-]{8}(?=\.)/, ''), text: readFileSync(`${BUILT}/assets/${name}`, 'utf8') }))

/** Newer than Chromium 85, as they stand in a style: since when, and why a use is harmless; without a reason it may not be used. */
const STYLES: [name: string, sign: RegExp, since: number, harmless?: string][] = [
  [':focus-visible', /:focus-visible/, 86, 'the same is drawn for :focus where it is not known (older.ts)'],
  ['accent-color', /[{;]accent-color:/, 93, 'a box to tick is drawn in the colour of the browser'],
  ['text-underline-offset', /[{;]text-underline-offset:/, 87, 'a line stands nearer to its word'],
  ['scrollbar-width', /[{;]scrollbar-width:/, 121, 'a scroll bar is as wide as elsewhere; Element Plus draws its own'],
  ['print-color-adjust', /[{;]print-color-adjust:/, 136, '-webkit-print-color-adjust stands beside it'],
  ['page margin boxes', /@(top|bottom)-(left|center|right)/, 131, 'case number and QR stand in the repeated head; who prints is told to let the browser number the pages (paper.ts)'],
  [':is()', /:is\(/, 88], [':where()', /:where\(/, 88], [':has()', /:has\(/, 105], [':not() of several', /:not\([^()]*,/, 88], [':dir()', /:dir\(/, 120],
  [':user-invalid', /:user-(in)?valid/, 119], ['::file-selector-button', /::file-selector-button/, 89], ['::backdrop of popovers', /:popover-open/, 114],
  ['inset', /[{;]inset(-(block|inline)(-(start|end))?)?:/, 87], ['margin-inline and the like', /[{;](margin|padding)-(inline|block):/, 87], ['border-start-start-radius', /[{;]border-(start|end)-(start|end)-radius:/, 89],
  ['aspect-ratio', /[{;]aspect-ratio:/, 88], ['overflow: clip', /[{;]overflow(-[xy])?:[^;}]*\bclip\b/, 90], ['translate, rotate, scale', /[{;](translate|rotate|scale):/, 104],
  ['dvh and the like', /\d[dsl]v(h|w|min|max)\b/, 108], ['color-mix', /color-mix\(/, 111], ['lab, oklch', /\b(ok)?(lab|lch)\(/, 111], ['relative colours', /(rgb|hsl)a?\(from /, 119],
  ['ranges in media', /@media[^{]*[<>]/, 104], ['containers', /@container|[{;]container(-type|-name)?:/, 105], ['layers', /@layer/, 99], ['scopes', /@scope/, 118], ['@property', /@property/, 85, 'known since 85'],
  ['starting styles', /@starting-style/, 117], ['scrollbar-gutter', /[{;]scrollbar-gutter:/, 94], ['scrollbar-color', /[{;]scrollbar-color:/, 121], ['text-wrap', /[{;]text-wrap:/, 114], ['subgrid', /subgrid/, 117],
  ['text-decoration with more than its line', /[{;]text-decoration:[^;}]*\d/, 87], ['text-decoration-thickness', /[{;]text-decoration-thickness:/, 89], ['revert-layer', /revert-layer/, 99], ['field-sizing', /[{;]field-sizing:/, 123],
  ['individual sines', /\b(sin|cos|tan|round|rem|mod|abs|sign)\(/, 111], ['light-dark', /light-dark\(/, 123], ['content-visibility: auto', /[{;]content-visibility:/, 85, 'known since 85'], ['unprefixed mask', /[{;]mask(-image)?:/, 120, '-webkit-mask stands beside it'],
  ['image-set without prefix', /[^-]image-set\(/, 113], ['anchor()', /\banchor(-size)?\(|[{;]anchor-name:/, 125], ['fit-content() of boxes', /[{;](width|height):fit-content\(/, 200],
]

/** The same for what is called: where it stands and why that is harmless. */
const CALLS: [name: string, sign: RegExp, since: number, harmless?: Record<string, string>][] = [
  ['replaceChildren', /\.replaceChildren\(/, 86, { 'maplibre-gl-csp.js': 'in the note of sources, which our map does not show' }],
  ['Object.hasOwn', /Object\.hasOwn\b/, 93, { 'maplibre-gl-csp.js': 'map/base/newer.ts adds it', 'worker.js': 'map/base/newer.ts adds it', 'engine.js': 'the adding itself' }],
  ['findLast, toSorted and the like', /\.(findLast(Index)?|toSorted|toReversed|toSpliced)\(/, 97, { 'reactivity.esm-bundler.js': 'called only by who calls it' }],
  ['at()', /\.at\(-?\d/, 92, { 'maplibre-gl-csp.js': 'map/base/newer.ts adds it', 'worker.js': 'map/base/newer.ts adds it' }],
  ['structuredClone', /\bstructuredClone\(/, 98], ['randomUUID', /\.randomUUID\(/, 92], ['AbortSignal.timeout', /AbortSignal\.(timeout|any)\b/, 103], ['throwIfAborted', /\.throwIfAborted\(/, 100],
  ['Object.groupBy', /(Object|Map)\.groupBy\b/, 117], ['Promise.withResolvers', /Promise\.(withResolvers|try)\b/, 119], ['Array.fromAsync', /Array\.fromAsync\b/, 121], ['URL.canParse', /URL\.canParse\b/, 120],
  ['checkVisibility', /\.checkVisibility\(/, 105], ['showPicker', /\.showPicker\(/, 99], ['scheduler', /\bscheduler\.(postTask|yield)\(/, 94], ['Error with a cause', /new Error\([^()]*,\s*\{\s*cause:/, 93], ['isWellFormed', /\.(is|to)WellFormed\(/, 111],
  ['set operations', /\.(isSubsetOf|isSupersetOf|symmetricDifference)\(/, 122], ['Intl.Segmenter', /Intl\.Segmenter\b/, 87, { 'css.js': 'asked for before it is used (the words of a field)' }], ['navigator.userAgentData', /userAgentData/, 90, { 'css.js': 'asked for before it is used (floating-ui)', 'focus-trap.js': 'asked for before it is used' }],
]

describe('what is built for Chromium 85', () => {
  it('is there', () => {
    if (!existsSync(`${BUILT}/desk.html`)) throw new Error('Nothing is built: run `python hatch_build.py` first.')
    expect(parts('.js').length).toBeGreaterThan(20)
    expect(parts('.css').length).toBeGreaterThan(10)
  })

  it('has no syntax that came later: ECMAScript 2021, of which 85 knows all', () => {
    for (const { name, text } of parts('.js')) expect(() => parse(text, { ecmaVersion: 2021, sourceType: 'module' }), name).not.toThrow()
    expect(() => parse('class A { static { } }', { ecmaVersion: 2021 })).toThrow()
  })

  it('has no regular expression that came later', () => {
    for (const { name, text } of parts('.js')) expect(text.match(/[,=(:]\/(?:[^/\\\n[]|\\.|\[[^\]]*\])+\/[gimsuy]*[dv][gimsuydv]*\b(?=[.,;)])/g) ?? [], name).toEqual([])
  })

  it.each(STYLES.filter(([, , , harmless]) => !harmless))('has no %s in its styles', (_, sign) => {
    expect(parts('.css').filter(({ text }) => sign.test(text)).map(({ name, text }) => `${name}: ${sign.exec(text)![0]}`)).toEqual([])
  })

  it.each(CALLS)('calls no %s but where that is harmless', (_, sign, _since, harmless) => {
    const used = [...new Set(parts('.js').filter(({ text }) => sign.test(text)).map(({ name }) => name))]
    expect(used.filter((name) => !harmless?.[name])).toEqual([])
  })

  it('shows the place of the keyboard there too, and loses no rule to a selector that is not known', () => {
    let drawn = 0
    for (const { name, text } of parts('.css')) {
      postcss.parse(text).walkRules(/:focus-visible/, (rule: Rule) => {
        expect(rule.selectors.filter((one) => !one.includes(':focus-visible')), `${name}: dropped together with the others`).toEqual([])
        const visible = rule.selectors.filter((one) => !one.includes(':not(:focus-visible)'))
        for (const one of visible) {
          expect(text, name).toContain(`@supports not selector(:focus-visible){${one.replace(/:focus-visible/g, ':focus')}`)
          drawn++
        }
      })
    }
    expect(drawn).toBeGreaterThan(10)
  })

  it('keeps -webkit- beside what 85 knows only so', () => {
    for (const { name, text } of parts('.css')) {
      for (const [, body] of text.matchAll(/\{([^{}]*)\}/g)) {
        for (const one of ['print-color-adjust', 'mask']) if (new RegExp(`(^|;)${one}:`).test(body!)) expect(body, name).toContain(`-webkit-${one}:`)
      }
    }
  })
})

describe('the pages themselves', () => {
  it.each(['desk', 'field'])('%s asks double browsers for their newer half, and older ones for another browser', (face) => {
    const page = readFileSync(`${BUILT}/${face}.html`, 'utf8')
    expect(page).toContain('<meta name="renderer" content="webkit">')
    expect(page.indexOf('/web/old-browser.js')).toBeGreaterThan(page.indexOf('id="app"'))
    expect(page).not.toContain('nomodule')
  })

  it('say so in the words of the oldest browsers', () => {
    expect(() => parse(readFileSync(`${BUILT}/old-browser.js`, 'utf8'), { ecmaVersion: 5 })).not.toThrow()
  })

  it('that the service draws are made for the newer half too', () => {
    const frame = readFileSync('../src/jingwei/config/templates/frame.html', 'utf8')
    expect(frame).toContain('<meta name="renderer" content="webkit">')
    for (const [name, sign] of STYLES) expect(sign.test(frame.replace(/\s*([{;:])\s*/g, '$1')), name).toBe(false)
    const templates = (readdirSync('../src/jingwei', { recursive: true }) as string[]).filter((path) => /templates\/.*\.html$/.test(path))
    expect(templates.length).toBeGreaterThan(8)
    for (const path of templates) {
      const text = readFileSync(`../src/jingwei/${path}`, 'utf8')
      if (!path.endsWith('frame.html')) expect(text.includes('<html'), path).toBe(false)
      expect(/<script/.test(text), path).toBe(false)
    }
  })
})
