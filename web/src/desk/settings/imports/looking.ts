/** What a look into a map file tells, and what follows for the form: pure. */
export type Box = [number, number, number, number]
export interface Candidate { crs: string; title: string; box: Box; meets: boolean; in_china: boolean; inside: number | null; km: number }
export interface Field { name: string; kind: 'whole' | 'number' | 'text' | 'other'; samples: string[]; filled: number }
export interface LookedLayer {
  name: string; count: number; read: number
  kinds: { kind: string; title: string; count: number }[]
  fields: Field[]
  encoding: { name: string; sure: 'yes' | 'likely' | 'no'; text: string; stated: string } | null
  crs: { asked: string; text: string; written: string; title: string; proposed: string; exchanged: boolean; candidates: Candidate[] } | null
  remarks: { code: string; text: string }[]
  unreadable: { code: string; text: string } | null
}
export interface Looked { kind: string; district: Box | null; layers: LookedLayer[]; more: number }

/** Another system, written by hand. */
export const OTHER = '*'
const FEW = 4
const USUAL: Record<string, RegExp> = {
  name: /^(name|名称|名字|路名|楼名|mc|地名|标准名称|社区名称|网格名称)$/i,
  kind: /^(kind|种类|类别|等级|道路等级|highway|fclass|type|dj|lb)$/i,
  households: /^(households|户数|总户数|hs|住户数)$/i,
  code: /^(code|编码|代码|bm|dm|网格编码|社区编码|villcode|gridcode)$/i,
  parent: /^(parent|parent_code|上级编码)$/i,
}
const BASES: [string, RegExp][] = [
  ['streets', /路|街|巷|road|street|highway/i], ['water', /水|河|湖|塘|water|river/i],
  ['green', /绿|公园|林|green|park/i], ['buildings', /建筑|房|楼|build|house/i],
]

/** The field that is usually called so, '' if there is none. */
export const usual = (what: string, fields: Field[]): string => fields.find((field) => USUAL[what]?.test(field.name.trim()))?.name ?? ''

/** Which layer of the base map a layer of a file most likely is: by its name, else by its shapes. */
export function baseOf(names: string[], layer: LookedLayer): string {
  for (const name of names) for (const [base, words] of BASES) if (words.test(name)) return base
  return layer.kinds[0]?.kind.endsWith('LineString') ? 'streets' : 'buildings'
}

/** The first layer that can be read and holds something. */
export const firstOf = (looked: Looked): LookedLayer | null => looked.layers.find((layer) => !layer.unreadable && layer.count > 0) ?? looked.layers[0] ?? null

/** What the form begins with once a layer has been looked at: fields of the service by name. */
export function beginning(layer: LookedLayer, wanted: string[]): Record<string, string> {
  const form: Record<string, string> = {}
  for (const field of wanted) form[field] = usual(field, layer.fields)
  return form
}

/** The choice one begins with: what is proposed, nothing where one must choose. */
export const startOf = (layer: LookedLayer): string => layer.crs?.proposed ?? ''

/** What is sent for a choice: nothing where the file itself says it. */
export const sentOf = (layer: LookedLayer, choice: string, other: string): string => (choice === OTHER ? other.trim() : choice === layer.crs?.written ? '' : choice)

/** Whether a system must still be chosen before anything can be checked. */
export const undecided = (layer: LookedLayer, choice: string, other: string): boolean => !!layer.crs && layer.crs.asked !== 'empty' && (choice === OTHER ? !other.trim() : !choice)

/** The systems offered at once: those that bring the layer where it belongs, and what is chosen; without any, the nearest few. */
export function offered(candidates: Candidate[], choice: string): Candidate[] {
  const fitting = candidates.filter((each) => each.meets)
  const shown = fitting.length ? fitting : candidates.slice(0, FEW)
  return candidates.filter((each) => shown.includes(each) || each.crs === choice)
}

/** A number of kilometres as people say it. */
export const roundKm = (km: number): string => (km < 10 ? km.toFixed(1) : Math.round(km).toLocaleString('zh-CN'))

export interface Frame { x: number; y: number; width: number; height: number }
export interface Picture { district: Frame | null; boxes: { crs: string; frame: Frame; chosen: boolean }[]; bar: { width: number; km: number } }
const LEAST = 7 // pixels, so that a community three hundred kilometres away is seen
const ROUND = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]

/** Outlines over the district on a small picture, north up in true proportions: the chosen one and those close by, or all that fit. */
export function picture(candidates: Candidate[], district: Box | null, choice: string, width: number, height: number): Picture | null {
  if (!candidates.length) return null
  const chosen = candidates.find((each) => each.crs === choice)
  const fitting = candidates.filter((each) => each.meets)
  const around = [...(district ? [district] : []), ...(chosen ? [chosen] : fitting.length ? fitting : candidates.slice(0, 1)).map((each) => each.box)].reduce(union)
  const wide = Math.cos((((around[1] + around[3]) / 2) * Math.PI) / 180)
  const size = Math.max((around[2] - around[0]) * wide, around[3] - around[1], 1e-4) * 1.25
  const scale = Math.min(width, height) / size
  const middle = [(around[0] + around[2]) / 2, (around[1] + around[3]) / 2] as const
  const place = (box: Box): Frame => {
    const w = Math.max((box[2] - box[0]) * wide * scale, LEAST)
    const h = Math.max((box[3] - box[1]) * scale, LEAST)
    return { x: width / 2 + ((box[0] + box[2]) / 2 - middle[0]) * wide * scale - w / 2, y: height / 2 - ((box[1] + box[3]) / 2 - middle[1]) * scale - h / 2, width: w, height: h }
  }
  const seen = (frame: Frame) => frame.x < width && frame.y < height && frame.x + frame.width > 0 && frame.y + frame.height > 0
  const boxes = candidates.map((each) => ({ crs: each.crs, frame: place(each.box), chosen: each === chosen })).filter((each) => each.chosen || seen(each.frame))
  const perKm = scale / 111.32
  const km = [...ROUND].reverse().find((each) => each * perKm <= width / 3) ?? ROUND[0]!
  return { district: district && place(district), boxes: boxes.sort((one, other) => Number(one.chosen) - Number(other.chosen)), bar: { width: km * perKm, km } }
}

function union(one: Box, other: Box): Box {
  return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])]
}
