import type { JSX } from 'preact'
import { editorAddress } from '../place.js'

/** A place in the project: its text for the eye, its address for an editor. */
export function PlaceLink({ place, directory }: { readonly place: string; readonly directory: string }): JSX.Element {
  return (
    <a class="place" href={editorAddress(directory, place)} title="Open in VS Code">
      {place.split(/(?<=\/)/).map((part) => [part, <wbr key={part} />])}
    </a>
  )
}
