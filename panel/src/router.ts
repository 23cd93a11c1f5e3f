import { watch } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

import { locale } from '@/i18n/locale'
import { PAGES } from '@/pages'
import type { PanelPage } from '@/pages/page'
import { recall } from '@/session/entry'
import { session } from '@/session/session'

declare module 'vue-router' {
  interface RouteMeta {
    page: PanelPage
  }
}

const pages = PAGES.map((page): RouteRecordRaw => ({
  name: page.name,
  path: page.path,
  component: page.component,
  meta: { page },
}))

export const router = createRouter({
  history: createWebHistory(),
  routes: [...pages, { path: '/:rest(.*)*', redirect: '/' }],
})

router.beforeEach(async (to) => {
  if (to.meta.page.kind === 'public') return true
  if (session.value === undefined) await recall().catch(() => (session.value = null))
  const who = session.value
  if (!who) return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (who.must_change && to.name !== 'password') return { name: 'password' }
  return to.meta.page.may && !to.meta.page.may(who) ? { name: 'desk' } : true
})

watch(
  () => [router.currentRoute.value.meta.page, locale.value] as const,
  ([page, language]) => {
    if (page) document.title = `${page.title[language]} · ${language === 'zh' ? '话术' : 'Huashu'}`
  },
)

// The session has ended while a page was open.
watch(session, (who) => {
  const { meta, fullPath } = router.currentRoute.value
  if (who === null && meta.page && meta.page.kind !== 'public') {
    void router.push({ name: 'login', query: fullPath === '/' ? {} : { next: fullPath } })
  }
})
