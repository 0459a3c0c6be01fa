# 勾稽：常用命令。只需要 Python ≥ 3.11（含 venv、pip）、git 和 make；没有 uv 时自动装进 .tools/。

UV_VERSION := 0.13.9
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
UV := $(shell uv tree --frozen --universal --depth 0 >/dev/null 2>&1 && command -v uv || echo .tools/bin/uv)

# 只用系统里的 Python，不另外下载
export UV_PYTHON_PREFERENCE := only-system
export UV_PROJECT_ENVIRONMENT := .venv
# 安装时就编译好字节码：六个进程同时启动时不再各自编译
export UV_COMPILE_BYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help up install ocr test check lock lint types contracts docs format sbom audit bench bench-check mutants fuzz hostile storm clean

help: ## 显示这份说明
	@echo '勾稽：读取政府信息公开工作年度报告并核查。常用命令：'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo '  只核查手头的文件，不需要任何服务：make install，然后 .venv/bin/gouji check 报告.pdf'

up: .venv/.up ## 启动全部：内置的 Valkey 与 S3、处理、接收、核对、看板（Ctrl-C 停止）
	@GOUJI_TETHERED=1 exec .venv/bin/gouji up

install: .venv/.up ## 只安装，不启动（之后就有 .venv/bin/gouji）
	@echo '已装好：.venv/bin/gouji'

ocr: .venv/.up ## 另外安装识别扫描件的组件（gouji[ocr]，约 350 MB）
	@$(UV) sync --quiet --no-dev --inexact --extra ocr

test: .venv/.test ## 运行测试（不需要 root；内置服务会自动启动）
	@.venv/bin/pytest -n 2 --dist loadfile

check: lock lint types contracts test ## 提交前的全部检查：锁定文件、格式、类型、导入方向、测试

lock: $(UV) ## 检查 uv.lock 与 pyproject.toml 是否一致（带哈希；不收发布不满七天的版本）
	@$(UV) lock --check --offline --quiet || { echo 'uv.lock 与 pyproject.toml 不一致，请运行 uv lock 后一并提交。' >&2; exit 1; }

lint: .venv/.test ## 检查格式与写法（ruff）
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .

types: .venv/.test ## 检查类型（mypy --strict）
	@.venv/bin/mypy

contracts: .venv/.test ## 检查导入方向（import-linter）
	@.venv/bin/lint-imports

docs: .venv/.test ## 重新生成 docs/rules.md 和 docs/schema/
	@.venv/bin/gouji rules --markdown > docs/rules.md
	@.venv/bin/gouji schema --out docs/schema

format: .venv/.test ## 按约定排版
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

sbom: .venv/.test ## 生成组件清单 dist/gouji.cdx.json（CycloneDX：锁定的库，本机的 LibreOffice、识别模型、字体等）
	@mkdir -p dist
	@$(UV) export --frozen --quiet --no-dev --all-extras --preview-features sbom-export --format cyclonedx1.5 | .venv/bin/python deploy/sbom.py > dist/gouji.cdx.json
	@echo '已写入 dist/gouji.cdx.json'

audit: $(UV) ## 查询锁定的库有无已公布的漏洞（需要能访问 api.osv.dev；封闭网络用 AUDIT="--service-url 镜像地址"）
	@$(UV) audit --frozen --preview-features audit-command $(AUDIT) || { code=$$?; \
		test $$code -ne 2 || echo '没有查成：连不上漏洞库，结果不明，不等于没有漏洞。' >&2; exit $$code; }

bench: .bench/venv/.done ## 与其他读取库比较速度和准确率（需要 Chromium、LibreOffice 等；约四分钟；选项写在 BENCH= 里）
	@.bench/venv/bin/python -m benchmarks $(BENCH)

bench-check: .venv/.test ## 核对上次 make bench 的结果是否合乎要求
	@.venv/bin/python -m benchmarks --check

mutants: .venv/.test ## 逐格改错没有问题的报告，看能否发现并指出错在哪里（约三分钟；选项写在 MUTANTS= 里）
	@.venv/bin/python -m benchmarks.mutants $(MUTANTS)

fuzz: .venv/.test ## 用随机数据反复测试自己写的解析程序（atheris；选项写在 FUZZ= 里，例如 FUZZ="--seconds 600"）
	@$(UV) sync --quiet --inexact --group fuzz
	@.venv/bin/python -m tests.fuzz.run $(FUZZ)

hostile: .venv/.test ## 把一个目录里的所有文件（例如别的项目的测试集）逐个放进沙箱走一遍：make hostile HOSTILE=目录
	@.venv/bin/python -m tests.hostile.run $(HOSTILE)

storm: .venv/.test ## 故障注入：真实的进程、断续的 Redis 与 S3，看有没有丢失、重复或出错（选项写在 STORM= 里）
	@.venv/bin/python -m tests.storm $(STORM)

clean: ## 删除生成的环境和缓存（不动 .gouji 里的数据）
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist .bench

.venv/.up: $(UV) pyproject.toml uv.lock
	@$(UV) sync --quiet --no-dev --inexact
	@touch $@

.venv/.test: $(UV) pyproject.toml uv.lock
	@$(UV) sync --quiet --inexact
	@touch $@ .venv/.up

# 单独的环境：其中的库会改变别的库的做法（例如 brotli 之于 sentry-sdk），不与开发环境混用
.bench/venv/.done: $(UV) pyproject.toml uv.lock
	@UV_PROJECT_ENVIRONMENT=.bench/venv $(UV) sync --quiet --no-dev --group bench
	@touch $@

.tools/bin/uv:
	@test -n '$(PYTHON)' || { echo '需要 Python 3.11 或更新的版本；装好后再试，或用 make PYTHON=路径 指定。' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo '这个 Python 缺少 venv；请先安装：apt install python3-venv' >&2; exit 1; }
	@echo '正在准备 uv（只在第一次）…'
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'
