import type { Component } from 'vue'

import type { Session } from '@/api/types'

/** A page of the panel; each folder of `pages/` says in its `page.ts` what it is. */
export interface PanelPage {
  /** Unique; also the name of its route. */
  name: string
  /** Where it is, `/library`. */
  path: string
  /** Place in the navigation, ascending; null for a page that is not in it. */
  place: number | null
  /** What the navigation and the window's title say. */
  title: { zh: string; en: string }
  icon?: Component
  /** The page itself, loaded when it is needed. */
  component: () => Promise<unknown>
  /** Whether this agent may use it; everybody when absent. */
  may?: (who: Session) => boolean
  /** `public`: without login and without the frame. `plain`: logged in, without the frame. */
  kind?: 'public' | 'plain'
}
