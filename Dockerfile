# Debian, not Alpine: the embedded Postgres and ripgrep binaries want glibc.
FROM node:24-slim

# Neither Python nor bubblewrap: a container has to be opened for the bubblewrap
# runner first (docs/runners.md). The wasm runner needs nothing.
# git fetches the target repository; tini reaps processes and passes signals on.
RUN apt-get update \
	&& apt-get install --yes --no-install-recommends ca-certificates git tini \
	&& rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json ./
# Only development dependencies are left out: Postgres and ripgrep are optional ones.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY app.yml tsconfig.json ./
COPY src ./src

RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["tini", "--"]
CMD ["npm", "start", "--silent"]
