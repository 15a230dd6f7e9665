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
COPY --from=build /build/dist dist
RUN chmod +x dist/bundle/main.js && ln -s /app/dist/bundle/main.js /usr/local/bin/waystation
USER node
# Inside a container only an address that every network reaches is of use.
ENV NODE_ENV=production WAYSTATION_HOST=0.0.0.0
EXPOSE 4566
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 CMD ["waystation", "health"]
ENTRYPOINT ["waystation"]
