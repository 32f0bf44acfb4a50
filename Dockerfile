# Driftsvagt as an image: built in one stage, run in another without compilers, as a user that owns nothing but its data.
# Docker is told the settings by name; see the table in README.md. TLS is the proxy's work.
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --quiet --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
RUN /venv/bin/pip install --quiet --no-deps --no-build-isolation -e . && /venv/bin/python -m compileall -q /venv/lib bot

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home driftsvagt
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY migrations ./migrations
COPY knowledge ./knowledge
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 \
    DRIFTSVAGT_DATABASE_URL=sqlite:////data/driftsvagt.sqlite \
    DRIFTSVAGT_KNOWLEDGE=/app/knowledge
USER driftsvagt
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import httpx; httpx.get('http://127.0.0.1:8000/healthz', timeout=4).raise_for_status()"]
CMD ["driftsvagt", "serve", "--host", "0.0.0.0", "--port", "8000"]
