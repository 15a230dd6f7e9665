FROM node:22-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY tools tools
COPY src src
RUN npm run bundle && npm prune --omit=dev --ignore-scripts

FROM node:22-alpine
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist/bundle dist/bundle
RUN chmod +x dist/bundle/main.js && ln -s /app/dist/bundle/main.js /usr/local/bin/waystation
# What containers of LocalStack have and compose files, init scripts and Testcontainers use; `awslocal` in scripts takes aws-cli as well.
ARG TOOLS="bash curl"
RUN apk add --no-cache ${TOOLS}
COPY docker/docker-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
# Where state is kept with WAYSTATION_DATA_DIR=/var/lib/waystation, which nothing but that variable asks for.
RUN mkdir /var/lib/waystation && chown node:node /var/lib/waystation
VOLUME /var/lib/waystation
USER node
# What Node compiles for a start is a part of the image, since a container is new each time, and so is what the first requests need.
ENV NODE_COMPILE_CACHE=/home/node/.cache/waystation
RUN waystation start --port 0 --queues jobs --topics events --streams clicks --stop-with-input < /dev/null
# Inside a container only an address that every network reaches is of use.
ENV NODE_ENV=production WAYSTATION_HOST=0.0.0.0
EXPOSE 4566
# Whoever waits for this container waits for a check, so they come often, and wget makes them cheap. It knows neither
# flags nor a host of one's own choice: those are left to waystation, which is slower.
HEALTHCHECK --start-period=10s --interval=1s --timeout=5s --retries=10 CMD \
  wget -q -O /dev/null -Y off "http://127.0.0.1:${WAYSTATION_PORT:-4566}/_waystation/health" 2>/dev/null || waystation health
ENTRYPOINT ["waystation"]
