import { defineServices } from '@mcp-secure/spec'

const alone = defineServices({ open: () => ({ count: 1 }), close: ({ count }) => void count.toFixed() })
// A test opens them as they are.
alone.open()
alone.close?.({ count: 2 })

const told = defineServices({ open: ({ changes }) => ({ changed: () => changes.toolList() }) })
// The subject of the one issuer that there is, with and without it.
defineServices({ open: ({ changes }) => ({ changed: () => changes.resourceList({ subject: 'ada' }) }) })
defineServices({
  open: ({ changes }) => ({ changed: () => changes.resourceList({ subject: 'ada', issuer: 'https://a' }) }),
})
// @ts-expect-error an issuer alone is nobody
defineServices({ open: ({ changes }) => ({ changed: () => changes.resourceList({ issuer: 'https://a' }) }) })
// @ts-expect-error these need what tells of changes
told.open()

// @ts-expect-error services are an object
defineServices({ open: () => 1 })
