/** Many reports at once: from a table, or from the minutes of a meeting. */
export const zh = {
  batches: '批量登记', table: '上传表格',
  about: '表里一行一件，检查无误后逐件登记为案件：自动定位到网格、编号、计时，与逐件上报一样。一次最多 10,000 行。',
  template: '下载空表', columns: '表里有哪些列', must: '必填', may: '可空',
  column: {
    text: '情况说明', place: '位置描述', point: '经度、纬度', grid: '网格编码', class: '分类', channel: '来源', contact: '联系人、联系电话', found: '发现时间',
  },
  column_note: {
    text: '发生了什么；也可叫“问题描述”“诉求内容”', place: '门牌、路口等', point: 'WGS-84 或 CGCS2000，度，如 102.0005', grid: '没有经纬度时填，按这个网格定位',
    class: '小类名称或完整代码', channel: '如热线、来信；空着的按下面所选', contact: '加密保存', found: '如 2026-09-30 16:00',
  },
  how: '怎么交来', from_file: '选文件', from_paste: '粘贴', pick: '选择文件', no_file: '还没有选文件（.xlsx、.csv）', paste_label: '从表格里连同列名一起复制，粘贴到这里',
  too_large: '没有选上：文件超过 20 MB。请拆成几份。', channel: '没写来源的行算作', check: '检查', pasted_name: '粘贴的表',
  checked: '检查结果', count: { good: '可以登记', bad: '有误，不登记', there: '已登记过，不再登记' },
  anew: '与 30 天内登记过的行相同的也登记', sample: '登记后是这样', sample_more: '先显示前 {n} 行。', areas: '落在', area_of: '{area}（{n} 行）',
  col: { row: '行', text: '情况说明', place: '位置描述', area: '网格', class: '分类', channel: '来源', why: '原因', cells: '原来的内容' },
  rejects: '有误的行', rejects_csv: '下载有误的行', rejects_hint: '下载后在原列里改正，再把它传上来就行，不用整表重传。', rejects_more: '先显示前 500 行，下载的表里是全部。',
  go: '登记 {n} 行', nothing: '没有可以登记的行。请改正后再检查。', again: '换一份',
  running: '正在登记', running_of: '{done} / {rows} 行', running_hint: '可以离开这一页，登记会继续。', stop: '停止登记', stop_sure: '停止后，已登记的 {n} 件保留，余下的不再登记。再传同一份文件可以接着登记。', stopped_told: '已停止',
  mine: '我上传的表', none: '还没有上传过。上面检查、登记以后，进度和结果列在这里。', state: { running: '正在登记', done: '已登记完', stopped: '已停止' },
  filed: '登记 {n} 件', refused: '登记时 {n} 行没有成功', bad: '{n} 行有误没有登记', there: '{n} 行此前已登记', outcome: '下载登记结果', row_of: '第 {row} 行',
  minutes: {
    minutes: '会议纪要', about: '粘贴会议纪要，按里面的编号拆成一项一项。核对每项、标明位置以后登记为案件，来源是“会议交办”，案件里写明来自哪次会议。',
    text: '纪要全文', text_hint: '如：一、市容环境\n（一）枫林路 12 号门前堆放建筑垃圾，由环卫所清理。\n（二）……', split: '拆成事项',
    title: '会议名称', title_needed: '请填写会议名称。', held_on: '开会日期', held_on_needed: '请填写开会日期。', no_matter: '没有读出事项。请返回检查纪要全文。',
    matter: '第 {n} 项，登记', text_needed: '请写明要办的事。', point_needed: '请标明位置：在地图上点，或按网格、地名查找。', map_for: '在地图上标第 {n} 项的位置',
    file: '登记 {n} 项', back: '返回改纪要', drop: '不登记了', filed: '已登记 {n} 件', earlier: '登记过的纪要', ended_of: '{all} 项，已办结 {ended} 项', none: '还没有登记过。登记以后，每次会议的事项办到哪里列在这里。',
  },
}
export const en: typeof zh = {
  batches: 'Many at once', table: 'From a table',
  about: 'One row, one matter: each is located, numbered and timed as if reported by hand. 10,000 rows at most.',
  template: 'Empty table', columns: 'The columns', must: 'must', may: 'may be empty',
  column: {
    text: '情况说明', place: '位置描述', point: '经度、纬度', grid: '网格编码', class: '分类', channel: '来源', contact: '联系人、联系电话', found: '发现时间',
  },
  column_note: {
    text: 'what happened', place: 'house number, crossing', point: 'longitude and latitude in degrees, WGS-84 or CGCS2000', grid: 'code of the grid, where there are no coordinates',
    class: 'name or full code of a minor class', channel: 'as chosen below where empty', contact: 'name and telephone, kept sealed', found: 'such as 2026-09-30 16:00',
  },
  how: 'How it comes', from_file: 'A file', from_paste: 'Pasted', pick: 'Choose a file', no_file: 'No file yet (.xlsx, .csv)', paste_label: 'Copy from a spreadsheet with the names of the columns, and paste here',
  too_large: 'Not taken: the file has more than 20 MB. Split it.', channel: 'Rows without a channel are', check: 'Check', pasted_name: 'pasted table',
  checked: 'What was found', count: { good: 'can be filed', bad: 'wrong, left out', there: 'filed before, left out' },
  anew: 'File rows all the same that tell what was filed within 30 days', sample: 'As they will be filed', sample_more: 'These are the first {n}.', areas: 'They lie in', area_of: '{area} ({n} rows)',
  col: { row: 'Row', text: 'What', place: 'Where', area: 'Grid', class: 'Class', channel: 'Channel', why: 'Why', cells: 'As it came' },
  rejects: 'Wrong rows', rejects_csv: 'Download the wrong rows', rejects_hint: 'Correct them in the file and send that alone.', rejects_more: 'These are the first 500; the file has all.',
  go: 'File {n} rows', nothing: 'No row can be filed. Correct them and check again.', again: 'Another',
  running: 'Being filed', running_of: '{done} of {rows} rows', running_hint: 'It goes on if you leave.', stop: 'Stop', stop_sure: 'The {n} that are filed stay; the rest is not filed. The same file sent again goes on.', stopped_told: 'Stopped',
  mine: 'My tables', none: 'None yet. How far each is stands here.', state: { running: 'being filed', done: 'filed', stopped: 'stopped' },
  filed: '{n} filed', refused: '{n} rows failed while filing', bad: '{n} wrong rows left out', there: '{n} filed before', outcome: 'Download the outcome', row_of: 'row {row}',
  minutes: {
    minutes: 'Minutes', about: 'Paste the minutes of a meeting: they are taken apart by their numbers. Check each matter and say where it is; each becomes a case that names the meeting.',
    text: 'The minutes', text_hint: 'such as 1. …', split: 'Take apart',
    title: 'Title', title_needed: 'Give the title.', held_on: 'Day', held_on_needed: 'Give the day.', no_matter: 'No matter was found. Go back and check the text.',
    matter: 'Matter {n}: file it', text_needed: 'Say what is to be done.', point_needed: 'Say where: on the map, or by a grid or place.', map_for: 'Where matter {n} is',
    file: 'File {n}', back: 'Back to the text', drop: 'Drop it', filed: '{n} filed', earlier: 'Minutes filed before', ended_of: '{all} matters, {ended} ended', none: 'None yet. What became of each matter stands here.',
  },
}
