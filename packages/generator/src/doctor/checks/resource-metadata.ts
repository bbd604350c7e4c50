import { type Finding, failure, findings, type Problem, warning } from '../finding.js'
import { type Seen, usedMetadata } from '../look.js'
import { quoted } from '../quoted.js'
import { type Document, type Members, textIn, textsIn } from '../read-document.js'

/** RFC 9728: the document that says which authorization server a client has to go to. */
export function resourceMetadata(seen: Seen): readonly Finding[] {
  const { named, atPath, atRoot } = seen.metadata
  const used = usedMetadata(seen.metadata)
  const problems = [
    ...(named === null || named === atPath || named === atRoot
      ? []
      : served(named, 'the challenge leads there', failure)),
    ...served(atPath, 'clients that do not read the challenge look there', failure),
    ...(atRoot === atPath ? [] : served(atRoot, 'some clients look there alone', named === atRoot ? failure : warning)),
    ...(used === null ? [] : content(used, seen)),
    ...(used === null || atRoot === atPath ? [] : rootResource(atRoot, seen)),
    ...pathless(seen),
  ]
  return findings('resource-metadata', problems, `names this resource, ${issuerCount(seen)}`)
}

function served(document: Document, why: string, as: typeof failure): readonly Problem[] {
  const at = quoted(document.url)
  switch (document.state) {
    case 'read':
      return []
    case 'missing':
      return [as(`${at} is answered ${document.status}: ${why}`, 'Serve the metadata there.')]
    case 'unusable':
      return [as(`${at} ${document.cause}`, document.cure)]
  }
}

function content(used: Members, { url }: Seen): readonly Problem[] {
  const nulls = Object.keys(used).filter((name) => used[name] === null)
  const servers = textsIn(used, 'authorization_servers')
  return [
    ...(textIn(used, 'resource') === url
      ? []
      : [
          failure(
            `\`resource\` is ${quoted(used.resource)}, not ${quoted(url)}: clients compare them letter by letter`,
            'Give clients the URL that the metadata names, or set the resource to the one they use.',
          ),
        ]),
    ...(servers !== null && servers.length > 0
      ? []
      : [failure('`authorization_servers` is no list with a URL', 'Name the issuer of the tokens.')]),
    ...(nulls.length === 0
      ? []
      : [
          failure(
            `${quoted(nulls.join(', '))} is null: the TypeScript SDK then ignores the whole document`,
            'Leave out what has no value.',
          ),
        ]),
  ]
}

/** A host with several resources can name one of them alone. */
function rootResource(atRoot: Document, { url }: Seen): readonly Problem[] {
  if (atRoot.state !== 'read' || textIn(atRoot.members, 'resource') === url) return []
  const text = `${quoted(atRoot.url)} names ${quoted(atRoot.members.resource)}: clients that look there alone use that`
  return [warning(text, 'Have one resource a host, and serve the same document at both places.')]
}

function pathless({ url }: Seen): readonly Problem[] {
  if (new URL(url).pathname !== '/') return []
  const text = 'the URL has no path: some clients add a slash to it and some take one away'
  return [warning(text, 'Serve MCP below a path, such as /mcp.')]
}

function issuerCount({ issuerCount: count, issuers: { length } }: Seen): string {
  const named = count === 1 ? 'and one authorization server' : `and ${count} authorization servers`
  return count > length ? `${named}, of which ${length} were asked` : named
}
