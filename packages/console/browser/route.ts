export const views = ['tools', 'access', 'call', 'decisions', 'connect'] as const
export type View = (typeof views)[number]

export interface Route {
  readonly view: View
  /** What the view shows of its own: `tools/delete_note`. */
  readonly rest: string
}

/** The view that an address names: `#call/tools/delete_note`. */
export function readRoute(hash: string): Route {
  const [, name = '', rest = ''] = /^#([a-z]*)\/?(.*)$/.exec(hash) ?? []
  const view = views.find((one) => one === name)
  return view ? { view, rest: decoded(rest) } : { view: 'tools', rest: '' }
}

export function addressOf(view: View, rest = ''): string {
  return rest === '' ? `#${view}` : `#${view}/${rest.split('/').map(encodeURIComponent).join('/')}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
