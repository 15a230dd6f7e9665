FROM node:22-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22-alpine
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist/bundle dist/bundle
RUN chmod +x dist/bundle/main.js && ln -s /app/dist/bundle/main.js /usr/local/bin/waystation
USER node
# Inside a container only an address that every network reaches is of use.
ENV NODE_ENV=production WAYSTATION_HOST=0.0.0.0
EXPOSE 4566
# The first check comes soon, since whoever waits for this container waits for it.
HEALTHCHECK --start-period=10s --start-interval=500ms --interval=10s --timeout=3s --retries=3 CMD ["waystation", "health"]
ENTRYPOINT ["waystation"]
