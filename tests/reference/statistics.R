# Makes the reference values of the statistics with R.
# Run in this folder: Rscript statistics.R
# The tests read the csv files only; they never call R.
suppressMessages({library(survey); library(psych)})
options(survey.lonely.psu = "adjust", digits = 15)
RNGversion("4.2.0")
set.seed(20260131)

out <- function(table, name) {
  number <- sapply(table, is.double)
  table[number] <- lapply(table[number], function(x) signif(x, 12))
  write.csv(table, paste0(name, ".csv"), row.names = FALSE, na = "", quote = FALSE)
}

# Persons: three strata, clusters within them, weights, a scale and a nominal item.
n <- 400
stratum <- sample(c("north", "south", "west"), n, TRUE, c(.5, .35, .15))
stratum[1] <- "alone"
persons <- data.frame(
  stratum = stratum,
  cluster = sample(1:12, n, TRUE),
  weight = round(runif(n, .3, 3), 3),
  group = sample(c("a", "b", "c", NA), n, TRUE, c(.5, .3, .15, .05)),
  stringsAsFactors = FALSE)
push <- c(a = 0, b = .8, c = .1)[persons$group]
push[is.na(push)] <- 0
persons$scale <- pmin(5, pmax(1, round(rnorm(n, 3 + push, 1.1))))
persons$scale[sample(n, 30)] <- NA
persons$colour <- ifelse(runif(n) < .5 - .2 * (persons$group %in% "b"), "red",
                         sample(c("green", "blue"), n, TRUE))
persons$colour[sample(n, 15)] <- NA
persons$everyone <- "yes"
population <- c(alone = 40, north = 5000, south = 2500, west = 500)
persons$stratum_size <- population[persons$stratum]
out(persons, "persons")

# Shares -------------------------------------------------------------------------
designs <- list(
  simple = svydesign(ids = ~1, data = transform(persons, one = 1), weights = ~one),
  simple_finite = svydesign(ids = ~1, data = transform(persons, size = 8040), fpc = ~size),
  weighted = svydesign(ids = ~1, data = persons, weights = ~weight),
  stratified = svydesign(ids = ~1, strata = ~stratum, data = persons, fpc = ~stratum_size),
  clustered = svydesign(ids = ~cluster, strata = ~stratum, data = persons,
                        weights = ~weight, nest = TRUE))
drawn <- c(table(persons$stratum)) / population[names(table(persons$stratum))]
fraction <- list(simple = 0, simple_finite = n / 8040, weighted = 0, stratified = drawn,
                 clustered = 0)
# Part of the squared weights of a domain that is not known for good.
left_of <- function(name, w, stratum) {
  f <- if (length(fraction[[name]]) > 1) fraction[[name]][stratum] else fraction[[name]]
  sum((1 - f) * w^2) / sum(w^2)
}

one_share <- function(design, name, item, group, category) {
  cells <- design$variables
  inside <- !is.na(cells[[item]])
  if (group != "") inside <- inside & cells$group %in% group
  part <- subset(design, inside)
  part$variables$hit <- as.numeric(part$variables[[item]] == category)
  found <- svymean(~hit, part)
  share <- round(as.numeric(coef(found)), 13); se <- as.numeric(SE(found))
  base <- nrow(part$variables); df <- degf(part)
  w <- weights(part, "sampling")
  kish <- sum(w)^2 / sum(w^2)
  left <- left_of(name, w, part$variables$stratum)
  if (share > 0 && share < 1) {
    size <- share * (1 - share) / se^2
    size <- if (df > 0) size * (qt(.025, base - 1) / qt(.025, df))^2 else 0
    size <- min(size, base / left)
  } else size <- kish / left
  low <- if (share > 0) qbeta(.025, size * share, size * (1 - share) + 1) else 0
  high <- if (share < 1) qbeta(.975, size * share + 1, size * (1 - share)) else 1
  plain <- if (share > 0 && share < 1) {
    as.numeric(attr(svyciprop(~hit, part, method = "beta"), "ci"))
  } else c(NA, NA)
  data.frame(design = name, item = item, group = group, category = category,
             n = sum(part$variables$hit), base = base, share = share, se = se,
             low = low, high = high, df = df,
             uncapped_low = plain[1], uncapped_high = plain[2])
}
rows <- list()
for (name in names(designs))
  for (group in c("", "a", "b", "c"))
    for (pair in list(c("scale", 1), c("scale", 2), c("scale", 3), c("scale", 4),
                      c("scale", 5), c("colour", "red"), c("everyone", "yes")))
      rows[[length(rows) + 1]] <-
        one_share(designs[[name]], name, pair[1], group, pair[2])
out(do.call(rbind, rows), "shares")

# Summaries of the scale, weighted ------------------------------------------------
rows <- list()
for (group in c("", "a", "b", "c")) {
  inside <- !is.na(persons$scale)
  if (group != "") inside <- inside & persons$group %in% group
  for (name in c("simple", "weighted")) {
    part <- subset(designs[[name]], inside)
    part$variables <- transform(part$variables, net = (scale > 3) - (scale < 3),
                                top = as.numeric(scale > 3), bottom = as.numeric(scale < 3))
    net <- svymean(~net, part)
    w <- weights(part, "sampling"); y <- part$variables$scale
    half <- cumsum(tapply(w, factor(y, 1:5), sum, default = 0)) >= sum(w) / 2
    rows[[length(rows) + 1]] <- data.frame(
      design = name, group = group, n = length(y),
      top2 = as.numeric(coef(svymean(~top, part))),
      bottom2 = as.numeric(coef(svymean(~bottom, part))),
      net = as.numeric(coef(net)), net_se = as.numeric(SE(net)),
      mean = as.numeric(coef(svymean(~scale, part))), median = which(half)[1])
  }
}
out(do.call(rbind, rows), "summaries")

# Intervals of one share ----------------------------------------------------------
exact <- function(x, m, size, alpha = .05) {
  k <- x:(size - (m - x))
  upper <- phyper(x - 1, k, size - k, m, lower.tail = FALSE)
  lower <- phyper(x, k, size - k, m)
  kept <- k[upper > alpha / 2 & lower > alpha / 2]
  range(kept) / size
}
cases <- rbind(c(0, 20, 100), c(1, 20, 100), c(7, 20, 100), c(20, 20, 100),
               c(30, 60, 100), c(59, 60, 61), c(200, 400, 700), c(13, 400, 700),
               c(0, 1, 2), c(1, 1, 50), c(81, 263, 46000), c(50, 50, 50))
intervals <- do.call(rbind, apply(cases, 1, function(case) {
  x <- case[1]; m <- case[2]; size <- case[3]
  wilson <- suppressWarnings(prop.test(x, m, correct = FALSE)$conf.int)
  beta <- binom.test(x, m)$conf.int
  hyper <- exact(x, m, size)
  data.frame(successes = x, trials = m, population = size,
             wilson_low = wilson[1], wilson_high = wilson[2],
             beta_low = beta[1], beta_high = beta[2],
             exact_low = hyper[1], exact_high = hyper[2])
}))
out(intervals, "intervals")

# Comparisons ---------------------------------------------------------------------
delta <- function(x, y) mean(sign(outer(x, y, "-")))
v_of <- function(table) {
  chi <- suppressWarnings(chisq.test(table, correct = FALSE)$statistic)
  as.numeric(sqrt(chi / sum(table) / (min(dim(table)) - 1)))
}
midrank <- function(y, w) {
  total <- tapply(w, y, sum)
  ((cumsum(total) - total / 2) / sum(w))[as.character(y)]
}
known <- subset(persons, !is.na(scale) & group %in% c("a", "b"))
two <- wilcox.test(scale ~ group, known, exact = FALSE, correct = TRUE)
three_data <- subset(persons, !is.na(scale) & !is.na(group))
three <- kruskal.test(scale ~ factor(group), three_data)
rest <- function(g) {
  x <- three_data$scale[three_data$group == g]; y <- three_data$scale[three_data$group != g]
  test <- wilcox.test(x, y, exact = FALSE, correct = TRUE)
  data.frame(name = paste0("rest_", g), statistic = as.numeric(test$statistic),
             p = test$p.value, effect = delta(x, y))
}
colours <- subset(persons, !is.na(colour) & !is.na(group))
table3 <- table(colours$group, colours$colour)
chi <- chisq.test(table3, correct = FALSE)
small <- matrix(c(3, 1, 2, 6, 9, 2), 2)
simulated <- chisq.test(small, simulate.p.value = TRUE, B = 1e6)
weighted <- svydesign(ids = ~1, data = colours, weights = ~weight)
rao <- svychisq(~group + colour, weighted, statistic = "F")
ranked <- transform(three_data, score = as.numeric(midrank(scale, weight)))
ranks3 <- regTermTest(svyglm(score ~ factor(group),
                             svydesign(ids = ~1, data = ranked, weights = ~weight)),
                      ~factor(group), df = nrow(ranked) - 3)
pair <- transform(known, score = as.numeric(midrank(scale, weight)))
ranks2 <- regTermTest(svyglm(score ~ factor(group),
                             svydesign(ids = ~1, data = pair, weights = ~weight)),
                      ~factor(group), df = nrow(pair) - 2)
row <- function(name, statistic, p, effect) data.frame(
  name = name, statistic = as.numeric(statistic), p = as.numeric(p), effect = effect)
tests <- rbind(
  row("mann_whitney", two$statistic, two$p.value,
      delta(known$scale[known$group == "a"], known$scale[known$group == "b"])),
  row("kruskal", three$statistic, three$p.value, NA),
  rest("a"), rest("b"), rest("c"),
  row("chi2", chi$statistic, chi$p.value, v_of(table3)),
  row("permutation", simulated$statistic, simulated$p.value, v_of(small)),
  row("fisher", NA, fisher.test(small)$p.value, NA),
  row("rao_scott", rao$statistic, rao$p.value,
      v_of(xtabs(weight ~ group + colour, colours))),
  row("weighted_ranks_3", ranks3$Ftest, ranks3$p, NA),
  row("weighted_ranks_2", ranks2$Ftest, ranks2$p, NA))
out(tests, "comparisons")
holm <- data.frame(p = c(.01, .04, .03, .005, .2))
holm$adjusted <- p.adjust(holm$p, "holm")
out(holm, "holm")

# Reliability ---------------------------------------------------------------------
trait <- rnorm(180)
items <- as.data.frame(sapply(1:4, function(i)
  pmin(5, pmax(1, round(3 + trait + rnorm(180, 0, 1.2))))))
names(items) <- paste0("item", 1:4)
items$item2[1:6] <- NA
out(items, "scale_items")
complete <- na.omit(items)
raw <- suppressWarnings(psych::alpha(complete, check.keys = FALSE))$total$raw_alpha
limits <- psych::alpha.ci(raw, nrow(complete), 4)
out(data.frame(alpha = raw, low = limits$lower.ci, high = limits$upper.ci,
               n = nrow(complete)), "alpha")

# Rankings: strongest paths by walking every path, points by their definition -----
options5 <- letters[1:5]
ballots <- do.call(rbind, lapply(1:12, function(profile)
  do.call(rbind, lapply(1:7, function(ballot) {
    ranks <- sample(c(1:3, 1:3, NA, NA), 5)
    data.frame(profile = profile, ballot = ballot, count = sample(1:9, 1),
               alternative = options5, rank = ranks)
  }))))
out(ballots, "ballots")
paths <- function(from, to, between) {
  found <- list(c(from, to))
  for (size in seq_along(between))
    for (set in combn(length(between), size, simplify = FALSE))
      for (order in permutations(between[set])) found[[length(found) + 1]] <- c(from, order, to)
  found
}
permutations <- function(x) {
  if (length(x) <= 1) return(list(x))
  do.call(c, lapply(seq_along(x), function(i)
    lapply(permutations(x[-i]), function(rest) c(x[i], rest))))
}
ranked <- function(cells) {
  rank <- xtabs(ifelse(is.na(rank), 99, rank) ~ ballot + alternative, cells)
  count <- tapply(cells$count, cells$ballot, max)
  votes <- outer(1:5, 1:5, Vectorize(function(i, j) sum(count * (rank[, i] < rank[, j]))))
  link <- ifelse(votes > t(votes), votes, 0)
  strength <- outer(1:5, 1:5, Vectorize(function(i, j) if (i == j) 0 else
    max(sapply(paths(i, j, setdiff(1:5, c(i, j))), function(path)
      min(link[cbind(path[-length(path)], path[-1])])))))
  beaten <- colSums(strength > t(strength))
  points <- t(apply(rank, 1, function(r) 5 - rank(r)))
  data.frame(profile = cells$profile[1], alternative = options5, schulze = beaten + 1,
             beats = rowSums(strength > t(strength)),
             borda = colSums(points * as.numeric(count)) / sum(count))
}
out(do.call(rbind, lapply(split(ballots, ballots$profile), ranked)), "rankings")

writeLines(c(paste0("R,", getRversion()),
             paste0("survey,", packageVersion("survey")),
             paste0("psych,", packageVersion("psych"))), "versions.csv")
