/** For Chromium 85, which draws no `:focus-visible` (86): there the same is drawn for `:focus`, so that the keyboard's place is seen. */
import type { Plugin } from 'postcss'

const KNOWN = 'not selector(:focus-visible)'

export function focusInOlder(): Plugin {
  return {
    postcssPlugin: 'focus-in-older',
    OnceExit(root, { AtRule }) {
      root.walkRules(/:focus-visible/, (rule) => {
        if (rule.parent?.type === 'atrule' && (rule.parent as { params?: string }).params === KNOWN) return
        const selectors = rule.selectors.filter((one) => one.includes(':focus-visible') && !one.includes(':not(:focus-visible)'))
        if (!selectors.length) return
        const older = new AtRule({ name: 'supports', params: KNOWN })
        older.append(rule.clone({ selectors: selectors.map((one) => one.replace(/:focus-visible/g, ':focus')) }))
        rule.after(older)
      })
    },
  }
}
