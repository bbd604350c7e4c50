/** The formats of pictures that clients know (MCP 2025-11-25, icons). */
export type IconType = 'image/png' | 'image/jpeg' | 'image/jpg' | 'image/svg+xml' | 'image/webp'

/** A picture that clients show beside a name. It decides nothing, and no client has to show it. */
export interface Icon {
  /** An https URL, or the picture itself: a base64 data: URI of 16,384 characters at most, because every list holds it. */
  readonly src: `https://${string}` | `data:${IconType};base64,${string}`
  readonly mimeType?: IconType
  /** `48x48`, for each size that it is made for, or `any` for one that scales. */
  readonly sizes?: readonly (`${number}x${number}` | 'any')[]
  /** The background that it is made for; without one, any. */
  readonly theme?: 'light' | 'dark'
}
