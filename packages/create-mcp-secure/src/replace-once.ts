/** Replaces what must be there. A starter that changed without this program is a bug, and no half-adapted project. */
export function replaceOnce(text: string, from: string | RegExp, to: string): string {
  const replaced = text.replace(from, () => to)
  if (replaced === text) throw new Error(`a starter of create-mcp-secure does not have ${String(from)} any more`)
  return replaced
}
