/** What can be brought in: its columns, a sample that can be filled in, what else the service asks, and whose right it is. */
export interface ColumnOf { name: string; must: boolean; note: string }
/** `only`: asked only for this layer of the base map. A `field` is one of the file's. */
export interface Option { field: string; words: string; type: 'scheme' | 'text' | 'number' | 'flag' | 'area' | 'level' | 'object' | 'base' | 'field'; only?: string; must?: boolean; start?: string }
/** `layer`: a map file is looked into first; under this name the service is told which of its layers. */
export interface ImportKind { kind: string; rights: string[]; who: string; columns: ColumnOf[]; sample: string[][]; options: Option[]; layer?: 'layer' | 'sublayer'; /** A table or a map layer. */ either?: boolean }

const column = (name: string, note: string, must = true): ColumnOf => ({ name, must, note })
const SCHEME: Option = { field: 'scheme', words: 'option_scheme', type: 'scheme', must: true }
/** Of which grid system, by its code: the base one where nothing is written. */
const SYSTEM: Option = { field: 'system', words: 'option_system', type: 'text' }
/** Of a workbook; the first that holds the columns where nothing is written. */
const SHEET: Option = { field: 'sheet', words: 'option_sheet', type: 'text' }

export const KINDS: ImportKind[] = [
  {
    kind: 'units', rights: ['unit.manage'], who: '系统管理员或区域管理员', options: [SHEET],
    columns: [column('单位编码', '字母、数字，以后不变'), column('单位名称', ''), column('上级编码', '空着为最高一级；可以是表里别的行', false), column('类别', 'department、bureau、station 等', false)],
    sample: [['单位编码', '单位名称', '上级编码', '类别'], ['CG', '城市管理局', '', 'bureau'], ['CG-01', '市政所', 'CG', 'station']],
  },
  {
    kind: 'staff', rights: ['user.create', 'user.grant'], who: '系统管理员和安全管理员', options: [SHEET],
    columns: [column('登录名', '小写字母、数字，以后不变'), column('姓名', '不要写手机号、身份证号'), column('单位编码', '', false), column('岗位', '岗位名称，例如 受理员；一人多岗写多行', false), column('区域编码', '* 为全部', false), column('限于单位', '单位编码', false)],
    sample: [['登录名', '姓名', '单位编码', '岗位', '区域编码', '限于单位'], ['zhangsan', '张三', 'CG-01', '处置人员', '*', 'CG-01'], ['lisi', '李四', 'CG', '受理员', '*', '']],
  },
  {
    kind: 'staffing', rights: ['staffing.manage'], who: '区域管理员', options: [SHEET, SYSTEM],
    columns: [column('网格编码', ''), column('登录名', ''), column('岗位', '主责、副、成员（或 A、B）'), column('开始', '2026-01-01'), column('结束', '空着为长期', false), column('职责', '用、隔开', false)],
    sample: [['网格编码', '登录名', '岗位', '开始', '结束', '职责'], ['990101001001R01', 'zhangsan', '主责', '2026-01-01', '', '巡查、走访']],
  },
  {
    kind: 'rota', rights: ['staffing.manage'], who: '区域管理员', options: [SHEET, SYSTEM],
    columns: [column('网格编码', ''), column('登录名', ''), column('日期', '2026-01-31'), column('上班', '06:30'), column('下班', '不晚于上班的到第二天')],
    sample: [['网格编码', '登录名', '日期', '上班', '下班'], ['990101001001R01', 'zhangsan', '2026-01-05', '06:30', '13:30'], ['990101001001R01', 'lisi', '2026-01-05', '13:30', '20:30']],
  },
  {
    kind: 'divisions', rights: ['area.manage'], who: '区域管理员', options: [{ field: 'title', words: 'option_title', type: 'text' }, SYSTEM],
    columns: [column('编码', '区划代码'), column('名称', ''), column('上级编码', '空着为最高一级', false), column('级别', '编码看得出级别时不填', false), column('类型', '街道、镇、社区、村、责任网格等', false)],
    sample: [['编码', '名称', '上级编码', '级别', '类型'], ['990101000000', '示例区', '', '3', '区'], ['990101001000', '柳溪街道', '990101000000', '4', '街道']],
  },
  {
    kind: 'areas', rights: ['area.manage'], who: '区域管理员', layer: 'layer', columns: [], sample: [],
    options: [
      { field: 'level', words: 'option_level', type: 'level', must: true, start: 'unit' }, { field: 'code', words: 'option_code', type: 'field', must: true }, { field: 'name', words: 'option_name', type: 'field', must: true },
      { field: 'parent', words: 'option_parent', type: 'field' }, { field: 'under', words: 'option_under', type: 'area' }, SYSTEM,
    ],
  },
  {
    kind: 'layer', rights: ['area.manage'], who: '管理全部区域的区域管理员', layer: 'sublayer', columns: [], sample: [],
    options: [
      { field: 'layer', words: 'option_base', type: 'base', must: true }, { field: 'name', words: 'option_name', type: 'field' }, { field: 'kind', words: 'option_kind_field', type: 'field' },
      { field: 'households', words: 'option_households', type: 'field', only: 'buildings' },
    ],
  },
  {
    kind: 'holidays', rights: ['calendar.manage'], who: '区域管理员', options: [{ field: 'area', words: 'area', type: 'area' }],
    columns: [column('date', '2026-10-01'), column('kind', 'off 放假，work 补班'), column('name', '节日名称'), column('year_file', '哪一年的安排'), column('source', '通知的出处', false)],
    sample: [['date', 'kind', 'name', 'year_file', 'source'], ['2027-01-01', 'off', '元旦', '2027', ''], ['2027-01-03', 'work', '元旦', '2027', '']],
  },
  {
    kind: 'catalogue', rights: ['catalogue.manage'], who: '区域管理员', options: [SCHEME, { field: 'kind', words: 'option_kind', type: 'object' }, SHEET, { field: 'fill_down', words: 'option_fill', type: 'flag' }],
    columns: [column('类别', '部件或事项'), column('大类代码', ''), column('小类代码', ''), column('立案条件', ''), column('处置时限', '例如 2 工作时、紧急 4 小时'), column('结案条件', '', false), column('处置单位', '', false)],
    sample: [['类别', '大类代码', '小类代码', '立案条件', '处置时限', '结案条件', '处置单位'], ['部件', '01', '001', '井盖缺失、破损', '4工作时', '井盖完好，与路面平', '水务公司']],
  },
  {
    kind: 'classes', rights: ['catalogue.manage'], who: '区域管理员',
    options: [{ field: 'scheme', words: 'option_scheme', type: 'text', must: true }, { field: 'title', words: 'option_title', type: 'text' }, { field: 'digits', words: 'option_digits', type: 'number', start: '2' }, SHEET],
    columns: [column('类别', '部件或事项'), column('代码', '大类两位，小类在大类后接着写'), column('名称', '')],
    sample: [['类别', '代码', '名称'], ['事项', '01', '市容环境'], ['事项', '0101', '暴露垃圾']],
  },
  {
    kind: 'parts', rights: ['part.manage'], who: '区域管理员', either: true,
    options: [SCHEME, { field: 'crs', words: 'option_crs', type: 'text' }, { field: 'layer', words: 'option_layer', type: 'text' }, SHEET],
    columns: [
      column('管理部件标识码', '已有的按文件更新；空着由系统编号', false), column('部件分类代码', '没有标识码时必填', false), column('管理部件名称', '空着用分类的名称', false),
      column('经度', '表格必填，图层用图形的位置'), column('纬度', ''), column('权属单位代码', '本系统的单位编码，或统一社会信用代码', false), column('权属单位名称', '', false), column('主管部门代码', '', false), column('养护单位代码', '', false),
      column('管理部件状态', '完好、破损、丢失、废弃、移除', false), column('初始日期', '20260701', false), column('数据来源', '', false), column('精度等级', 'A、B、C', false), column('备注', '', false),
    ],
    sample: [
      ['管理部件标识码', '部件分类代码', '管理部件名称', '经度', '纬度', '权属单位代码', '权属单位名称', '主管部门代码', '养护单位代码', '管理部件状态', '初始日期', '数据来源', '精度等级', '备注'],
      ['', '01001', '供水井盖', '102.0005', '40.0005', '', '示例供水公司', '', '', '完好', '20260701', '实测', 'A', ''],
    ],
  },
  {
    kind: 'rules', rights: ['catalogue.manage'], who: '区域管理员', options: [SCHEME, SHEET, { field: 'replace', words: 'option_replace', type: 'flag' }],
    columns: [column('类别', '部件或事项'), column('分类代码', '大类或小类；空着为整个类别'), column('责任单位编码', '空着为无人负责'), column('区域编码', '空着为全部区域', false), column('权属单位', '只管这家的部件时填：部件台账里的名称或编码', false), column('时间', '只在一些时候有效时填，例如 11-15~03-15 休息日 18:00-08:00', false), column('协办单位编码', '几个用、分开', false), column('时限建议', '例如 4工作时', false), column('自动派遣', '填“是”的不用派遣员确认', false), column('备注', '', false)],
    sample: [['类别', '分类代码', '责任单位编码', '区域编码', '权属单位', '时间', '协办单位编码', '时限建议', '自动派遣', '备注'], ['部件', '01', 'CG-01', '', '', '', '', '', '', ''], ['部件', '', 'GD', '', '示例供电公司', '', '', '', '', '供电公司的部件'], ['事项', '06', 'CG-YE', '', '', '18:00-08:00', 'CG-01', '4工作时', '是', '夜间值班'], ['事项', '', 'CG', '', '', '', '', '', '', '其余都归城管']],
  },
]

/** Where the file of a kind is sent. */
export const addressOf = (kind: string): string => `/api/import/${kind}`

export const mayImport = (kind: ImportKind, may: (right: string) => boolean): boolean => kind.rights.some(may)
export const LARGEST = 20 * 1024 * 1024

/** The form as the service takes it. `dryRun` null: nothing is written by what is asked. */
export function formOf(file: File | Blob, name: string, given: Record<string, string>, dryRun: boolean | null): FormData {
  const form = new FormData()
  form.append('file', file, name)
  if (dryRun !== null) form.append('dry_run', dryRun ? '1' : '0')
  for (const [field, value] of Object.entries(given)) if (value) form.append(field, value)
  return form
}

/** The options that are asked now: some only for one layer of the base map. */
export const asked = (kind: ImportKind, given: Record<string, string>): Option[] => kind.options.filter((option) => !option.only || option.only === given.layer)

/** What still is missing before a file can be looked at: words of the options. */
export const missing = (kind: ImportKind, given: Record<string, string>): string[] => kind.options.filter((option) => option.must && !given[option.field]?.trim()).map((option) => option.words)
