# Tieline without its embedded Neo4j: docker-compose.yml gives it one beside it.
FROM python:3.12-slim-bookworm AS built
RUN python -m venv /opt/venv
COPY constraints-run.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r constraints-run.txt
COPY . /tieline
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation /tieline

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 10001 tieline
COPY --from=built /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
USER tieline
EXPOSE 8000
ENTRYPOINT ["tieline"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
