export const zh = {
  map: '地图', around: '位置图：{place}', no_ground: '底图没有取到，位置以文字为准。', loading: '正在画地图……', metres: '米', kilometres: '公里',
  nearness: '远近', nearer: '放大', further: '缩小', whole: '全图', not_loaded: '地图没有打开：没有取到程序或底图。请检查网络后再试一次。',
  no_webgl: '这台电脑的浏览器没有打开图形加速（WebGL），画不出地图。旁边的列表照常可用。',
  nothing_drawn: '这里将显示本区的地图。还没有区域边界：请区域管理员先导入网格和图层。',
  list: '地图上的案件', which: '看哪些案件', canvas: '案件地图，方向键移动，加减键放大缩小；案件在列表里也能打开',
  scope: { open: '在办', late: '超期', all: '全部' }, seen: '图中 {count} 件', late_of_them: '，其中超期 {count} 件', one_spot: '同一处 {count} 件', all_seen: '看图中全部',
  none_seen: '图中没有这样的案件。把地图缩小、移到别处，或换一个条件。', no_class: '未定类别', no_place: '未写地点', cases_here: '{count} 件', look_nearer: '放大看这一片',
  more: '再列一些（还有 {count} 件）', as_list: '按同样条件看案件列表', parts: '部件', parts_nearer: '放大到街巷时显示', close: '关闭案件', in_list: '在案件列表中打开',
  picker: {
    label: '选位置的地图', search: '找网格、社区、街道', none: '没有找到，请换个名称或编码',
    how: '点一下地图定位置；用键盘时，方向键移动，回车定在中心。', here: '定在中心', chosen: '已定位置', not_yet: '还没有定位置',
    outside: '这一点不在本区的网格里，请换一处。', asking: '正在查所在网格……',
  },
}
export const en: typeof zh = {
  map: 'Map', around: 'Map around {place}', no_ground: 'The base map did not come; go by the words.', loading: 'Drawing the map…', metres: 'm', kilometres: 'km',
  nearness: 'Zoom', nearer: 'Closer', further: 'Further', whole: 'Whole map', not_loaded: 'The map did not open: its program or base did not come. Check the network and try again.',
  no_webgl: 'The browser of this computer has no graphics acceleration (WebGL) and cannot draw the map. The list beside it works as always.',
  nothing_drawn: 'The map of the district will stand here. There are no borders yet: the area administrator imports grids and layers first.',
  list: 'Cases on the map', which: 'Which cases', canvas: 'Map of cases: arrow keys move it, plus and minus zoom; the cases can also be opened from the list',
  scope: { open: 'Open', late: 'Late', all: 'All' }, seen: '{count} cases in view', late_of_them: ', {count} of them late', one_spot: '{count} cases at one spot', all_seen: 'All in view',
  none_seen: 'No such case in view. Zoom out, move the map, or choose others.', no_class: 'No class yet', no_place: 'Place not described', cases_here: '{count} cases', look_nearer: 'Zoom to these',
  more: 'More ({count} left)', as_list: 'The same as a list', parts: 'Parts', parts_nearer: 'shown when zoomed in to the streets', close: 'Close case', in_list: 'Open in the list',
  picker: {
    label: 'Map for choosing a place', search: 'Find an area by name or code', none: 'Nothing found; try another name or code',
    how: 'Click on the map to set the place; by keyboard, arrow keys move and Enter sets it at the centre.', here: 'Set at the centre', chosen: 'Place set', not_yet: 'No place yet',
    outside: 'This point lies in no grid of the district; choose another.', asking: 'Looking for the grid…',
  },
}
