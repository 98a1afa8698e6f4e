// For browsers that know no modules: one plain page that says what to switch to. Written for the oldest of them.
document.getElementById('app').innerHTML =
  '<div style="max-width:36em;margin:4em auto;padding:0 1em;font:16px/1.7 sans-serif">' +
  '<h1 style="font-size:24px">\u8fd9\u4e2a\u6d4f\u89c8\u5668\u592a\u65e7\uff0c\u6253\u4e0d\u5f00\u8fd9\u4e00\u9875</h1>' +
  '<p>\u8bf7\u6539\u7528 Chrome\u3001Edge\u3001Firefox 85 \u4ee5\u4e0a\u7684\u7248\u672c\u3002</p>' +
  '<p>\u7528 360\u3001\u641c\u72d7\u7b49\u53cc\u6838\u6d4f\u89c8\u5668\u65f6\uff0c\u8bf7\u70b9\u5730\u5740\u680f\u53f3\u4fa7\u7684\u56fe\u6807\uff0c\u5207\u6362\u5230\u201c\u6781\u901f\u6a21\u5f0f\u201d\u3002</p></div>'
