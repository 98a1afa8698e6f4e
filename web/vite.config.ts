import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import Components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vitest/config'
import { focusInOlder } from './older.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  base: '/web/',
  plugins: [
    vue(),
    // Only the parts in use are built in, found by their names (el-…).
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  css: { postcss: { plugins: [focusInOlder()] } },
  resolve: { alias: { '@': here('./src') } },
  build: {
    outDir: process.env.JINGWEI_WEB_OUT ?? here('../src/jingwei/config/web'),
    emptyOutDir: true,
    target: ['chrome85', 'firefox91', 'safari14'],
    rolldownOptions: { input: { desk: here('./desk.html'), field: here('./field.html') } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/sign-in': 'http://127.0.0.1:8000' } },
  test: { environment: 'node', testTimeout: 20_000, include: ['tests/**/*.test.ts'] },
})
