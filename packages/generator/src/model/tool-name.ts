/** The name of the tool in a file: the file's own, `-` read as `_`. Folders only organise. */
export function toolName(module: string): string {
  const base = module.slice(module.lastIndexOf('/') + 1)
  return base.replace(/\.m?ts$/, '').replaceAll('-', '_')
}
