// Before anything else, in the words of the oldest browsers: who lacks what came with Chromium 85 is shown one plain page that
// says what to switch to. Taking the place's name away keeps the program, should it start all the same, from drawing over it.
if (!('noModule' in document.createElement('script')) || !String.prototype.replaceAll || !window.Promise || !Promise.any) {
  var place = document.getElementById('app')
  place.id = 'too-old'
  place.innerHTML =
    '<div style="max-width:36em;margin:4em auto;padding:0 1em;font:16px/1.7 sans-serif">' +
    '<h1 style="font-size:24px">\u8fd9\u4e2a\u6d4f\u89c8\u5668\u592a\u65e7\uff0c\u6253\u4e0d\u5f00\u8fd9\u4e00\u9875</h1>' +
    '<p>\u8bf7\u6539\u7528 Chrome 85\u3001Edge 85\u3001Firefox 91\u3001Safari 14 \u6216\u66f4\u9ad8\u7684\u7248\u672c\u3002</p>' +
    '<p>\u7528 360\u3001\u641c\u72d7\u7b49\u53cc\u6838\u6d4f\u89c8\u5668\u65f6\uff0c\u8bf7\u70b9\u5730\u5740\u680f\u53f3\u4fa7\u7684\u56fe\u6807\uff0c\u5207\u6362\u5230\u201c\u6781\u901f\u6a21\u5f0f\u201d\uff1b\u4ecd\u662f\u8fd9\u4e00\u9875\uff0c\u8bf7\u628a\u6d4f\u89c8\u5668\u5347\u7ea7\u5230\u6700\u65b0\u3002</p>' +
    '<p>\u5df2\u7ecf\u529e\u597d\u7684\u4e8b\u4e0d\u53d7\u5f71\u54cd\u3002</p></div>'
}
