import type { PanelPage } from './page'

/** Every page: what the `page.ts` of each folder here exports by default. Nothing else lists them. */
const found = import.meta.glob<PanelPage>('./*/page.ts', { eager: true, import: 'default' })

export const PAGES: readonly PanelPage[] = Object.values(found).sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
