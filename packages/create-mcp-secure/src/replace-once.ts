/** Replaces what must be there. A starter that changed without this program is a bug, and no half-adapted project. */
export function replaceOnce(text: string, from: string | RegExp, to: string): string {
  let found = false
  const replaced = text.replace(from, () => {
    found = true
    return to
  })
  // Not whether the text changed: a project may have the name of its starter.
  if (!found) throw new Error(`a starter of create-mcp-secure does not have ${String(from)} any more`)
  return replaced
}
