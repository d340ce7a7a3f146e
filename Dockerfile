# Two stages: what builds stays behind; what runs is small and has no compiler, no root and nothing to write to but /app/media and /app/tmp.
FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --require-hashes -r requirements.lock
WORKDIR /app
COPY manage.py ./
COPY config config
COPY suppliers suppliers
COPY catalog catalog
COPY ingestion ingestion
COPY demo demo
COPY templates templates
# Collecting static files signs and asks nothing: it needs neither a key nor a database.
# A checkout of a careful person is readable for nobody else: in the image it is, and for nobody to write.
RUN DATABASE_URL=postgresql:///unused /venv/bin/python manage.py collectstatic --noinput && chmod -R u=rwX,go=rX /app

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings TMPDIR=/app/tmp
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin app
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
RUN install --directory --owner=app --group=app --mode=750 media tmp
USER app
VOLUME /app/media /app/tmp
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py"]
