import { fileURLToPath, URL } from 'node:url'

import vue from '@vitejs/plugin-vue'
import elementStyles from 'unplugin-element-plus/vite'
import { defineConfig } from 'vitest/config'

const DESK = process.env.HUASHU_PANEL_DESK ?? 'http://127.0.0.1:8800'

export default defineConfig({
  plugins: [vue(), elementStyles({})],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    sourcemap: false,
    rolldownOptions: { input: { index: 'index.html', sidebar: 'sidebar.html' } },
  },
  server: { proxy: { '/v1': { target: DESK, ws: true } } },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], server: { deps: { inline: ['element-plus'] } } },
})
