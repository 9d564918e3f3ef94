# Makes reference values of designs that go wrong easily: a lonely unit, unequal clusters,
# weights of 0, a group missing in a stratum, answers nobody gave, strata all but counted
# out, raking within bounds, a block of comparisons.
# Run in this folder: Rscript awkward.R
# The tests read the csv files only; they never call R.
suppressMessages({library(survey); library(psych)})
options(survey.lonely.psu = "adjust", digits = 15)
RNGversion("4.2.0")
set.seed(20261128)

out <- function(table, name) {
  number <- sapply(table, is.double)
  table[number] <- lapply(table[number], function(x) signif(x, 14))
  write.csv(table, paste0(name, ".csv"), row.names = FALSE, na = "", quote = FALSE)
}

n <- 320
people <- data.frame(
  stratum = sample(c("s1", "s2", "s3", "s10"), n, TRUE, c(.55, .3, .12, .03)),
  cluster = rgeom(n, .12),
  weight = round(rgamma(n, 1.4), 3),
  group = sample(c("x", "y", "z", NA), n, TRUE, c(.5, .3, .1, .1)),
  age = sample(c("18_29", "30_49", "50_64", "65_99"), n, TRUE, c(.1, .25, .35, .3)),
  sex = sample(c("f", "m"), n, TRUE, c(.6, .4)),
  stringsAsFactors = FALSE)
people$stratum[7] <- "solo"
people$weight[sample(n, 25)] <- 0
people$group[people$stratum == "s3" & people$group %in% "z"] <- "x"
push <- c(x = 0, y = .6, z = -.3)[people$group]; push[is.na(push)] <- 0
for (item in c("roads", "buses", "parks")) {
  share <- c(roads = 1, buses = .4, parks = 0)[item]
  people[[item]] <- pmin(5, pmax(1, round(rnorm(n, 3 + share * push, 1.1))))
}
people$roads[people$group %in% "y" & people$roads == 1] <- 2
people$way <- sample(c("bus", "bicycle", "foot", "car"), n, TRUE, c(.2, .3, .4, .1))
people$way[people$group %in% "y" & runif(n) < .4] <- "car"
people$agreed <- "yes"
for (item in c("roads", "buses", "parks", "way"))
  people[[item]][sample(n, 30)] <- sample(-5:-1, 30, TRUE)
sizes <- c(s1 = 9000, s2 = 130, s3 = 60, s10 = 40, solo = 1)
out(people, "awkward_people")
out(data.frame(stratum = names(sizes), population = sizes), "awkward_population")
people$size <- sizes[people$stratum]; people$one <- 1
people[people == -1 | people == -2 | people == -3 | people == -4 | people == -5] <- NA

# Shares -------------------------------------------------------------------------
designs <- list(
  weighted = svydesign(ids = ~1, data = people, weights = ~weight),
  strata = svydesign(ids = ~1, strata = ~stratum, data = people, weights = ~weight),
  clusters = svydesign(ids = ~cluster, data = people, weights = ~one),
  nested = svydesign(ids = ~cluster, strata = ~stratum, data = people,
                     weights = ~weight, nest = TRUE),
  finite = svydesign(ids = ~1, strata = ~stratum, data = people, fpc = ~size),
  finite_weighted = svydesign(ids = ~1, strata = ~stratum, data = people,
                              weights = ~weight, fpc = ~size))
drawn <- c(table(people$stratum)) / sizes[names(table(people$stratum))]
one_share <- function(name, item, group, category) {
  design <- designs[[name]]
  inside <- !is.na(people[[item]])
  if (group != "") inside <- inside & people$group %in% group
  part <- subset(design, inside)
  part$variables$hit <- as.numeric(part$variables[[item]] == category)
  found <- svymean(~hit, part)
  share <- round(as.numeric(coef(found)), 13); se <- as.numeric(SE(found))
  base <- nrow(part$variables); df <- degf(part); w <- weights(part, "sampling")
  f <- if (grepl("finite", name)) drawn[part$variables$stratum] else 0
  left <- sum((1 - f) * w^2) / sum(w^2)
  is_mixed <- share > 0 && share < 1
  if (is_mixed) {
    size <- share * (1 - share) / se^2 * (qt(.025, base - 1) / qt(.025, df))^2
    is_capped <- size > base / left
    size <- min(size, base / left)
  } else {
    size <- sum(w)^2 / sum(w^2) / left
    is_capped <- TRUE
  }
  low <- if (share > 0) qbeta(.025, size * share, size * (1 - share) + 1) else 0
  high <- if (share < 1) qbeta(.975, size * share + 1, size * (1 - share)) else 1
  if (!is_capped)
    stopifnot(max(abs(c(low, high) - as.numeric(attr(svyciprop(~hit, part, method = "beta"),
                                                     "ci")))) < 1e-12)
  data.frame(design = name, item = item, group = group, category = category,
             n = sum(part$variables$hit), base = base, share = share, se = se,
             low = low, high = high, df = df)
}
rows <- list()
for (name in names(designs)) for (group in c("", "x", "y", "z"))
  for (pair in list(c("roads", 1), c("roads", 2), c("roads", 5), c("way", "car"),
                    c("agreed", "yes")))
    rows[[length(rows) + 1]] <- one_share(name, pair[1], group, pair[2])
out(do.call(rbind, rows), "awkward_shares")

# Raking within bounds: of all weights between them that reach the margins the ones
# nearest to the start, by Newton's method on the equations of calibration.
totals <- list(age = c(1100, 3000, 2800, 2331), sex = c(4700, 4531))
x <- model.matrix(~age + sex, people)
wanted <- c(sum(totals$age), totals$age[-1], totals$sex[2])
raked <- function(start, bounds) {
  first <- start * wanted[1] / sum(start)
  range <- bounds * wanted[1] / sum(start > 0)
  weight <- function(at) ifelse(first > 0,
    pmin(range[2], pmax(range[1], first * exp(as.numeric(x %*% at)))), 0)
  lambda <- rep(0, ncol(x))
  for (step in 1:500) {
    w <- weight(lambda); missing <- wanted - as.numeric(crossprod(x, w))
    if (max(abs(missing)) < 1e-8) break
    free <- w > range[1] & w < range[2]
    move <- solve(crossprod(x, w * free * x) + diag(1e-9, ncol(x)), missing)
    size <- 1
    while (size > 1e-6 && sum(abs(wanted - as.numeric(crossprod(x, weight(lambda + size * move))))) >
           sum(abs(missing))) size <- size / 2
    lambda <- lambda + size * move
  }
  stopifnot(max(abs(missing)) < 1e-6)
  w
}
out(data.frame(wide = raked(people$weight + .2, c(.2, 4)),
               started = raked(people$weight, c(.3, 3)),
               narrow = raked(people$weight, c(.5, 2.2))), "awkward_raked")

# A block of comparisons ----------------------------------------------------------
delta <- function(x, y) mean(sign(outer(x, y, "-")))
v_of <- function(table) {
  chi <- suppressWarnings(chisq.test(table, correct = FALSE)$statistic)
  as.numeric(sqrt(chi / sum(table) / (min(dim(table)) - 1)))
}
scales <- c("roads", "buses", "parks")
block <- do.call(rbind, lapply(scales, function(item) {
  known <- people[!is.na(people[[item]]) & !is.na(people$group), ]
  test <- kruskal.test(known[[item]], factor(known$group))
  apart <- sapply(c("x", "y", "z"), function(g)
    delta(known[[item]][known$group == g], known[[item]][known$group != g]))
  is_large <- table(known$group)[c("x", "y", "z")] >= 30
  data.frame(name = item, statistic = as.numeric(test$statistic), p = test$p.value,
             effect = apart[which.max(abs(apart) * is_large)])
}))
ways <- people[!is.na(people$way), ]
two <- table(ways$sex, ways$way)
chi <- chisq.test(two, correct = FALSE)
stopifnot(min(chi$expected) >= 5)
weighted <- svydesign(ids = ~1, data = people, weights = ~weight)
rao <- svychisq(~sex + way, weighted, statistic = "F")
single <- function(name, statistic, p, effect) data.frame(
  name = name, statistic = as.numeric(statistic), p = as.numeric(p), effect = effect)
block <- rbind(block,
  single("way", chi$statistic, chi$p.value, v_of(two)),
  single("way_weighted", rao$statistic, rao$p.value, v_of(xtabs(weight ~ sex + way, ways))))
block$p_holm <- NA
block$p_holm[1:3] <- p.adjust(block$p[1:3], "holm")
out(block, "awkward_block")

# Cronbach's alpha of three items, with those who answered all of them.
complete <- na.omit(people[scales])
raw <- suppressWarnings(psych::alpha(complete, check.keys = FALSE))$total$raw_alpha
limits <- psych::alpha.ci(raw, nrow(complete), 3)
out(data.frame(alpha = raw, low = limits$lower.ci, high = limits$upper.ci,
               n = nrow(complete)), "awkward_alpha")

# An exact test of two by two counts: every table with the margins of this one, as far
# from independence as it.
small <- matrix(c(1, 7, 8, 3), 2)
chi2 <- function(a) {
  cells <- matrix(c(a, sum(small[, 1]) - a, sum(small[1, ]) - a, 0), 2)
  cells[2, 2] <- sum(small) - sum(cells)
  expected <- outer(rowSums(small), colSums(small)) / sum(small)
  sum((cells - expected)^2 / expected)
}
a <- max(0, sum(small[1, ]) - sum(small[, 2])):min(sum(small[1, ]), sum(small[, 1]))
chance <- dhyper(a, sum(small[1, ]), sum(small[2, ]), sum(small[, 1]))
reached <- sapply(a, chi2) >= chi2(small[1, 1]) * (1 - 1e-9)
out(data.frame(statistic = chi2(small[1, 1]), p = sum(chance[reached])), "awkward_exact")

writeLines(c(paste0("R,", getRversion()),
             paste0("survey,", packageVersion("survey")),
             paste0("psych,", packageVersion("psych"))), "versions_awkward.csv")
