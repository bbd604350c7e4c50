/** What a project declares, one file each, with who may use it. */
export type ItemKind = 'tool' | 'resource' | 'prompt'

/** The name of the tool, resource or prompt in a file: the file's own, `-` read as `_`. Folders only organise. */
export function itemName(module: string): string {
  const base = module.slice(module.lastIndexOf('/') + 1)
  return base.replace(/\.m?ts$/, '').replaceAll('-', '_')
}

/** How messages call it: `tool 'delete_note'`. */
export function nameOf({ kind, name }: { readonly kind: ItemKind; readonly name: string }): string {
  return `${kind} '${name}'`
}
