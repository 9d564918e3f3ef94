# Makes the reference values of weighting, waves, points and edges of designs with R.
# Run in this folder: Rscript weighting.R
# The tests read the csv files only; they never call R.
suppressMessages({library(survey)})
options(survey.lonely.psu = "adjust", digits = 15)
RNGversion("4.2.0")
set.seed(20260212)

out <- function(table, name) {
  number <- sapply(table, is.double)
  table[number] <- lapply(table[number], function(x) signif(x, 14))
  write.csv(table, paste0(name, ".csv"), row.names = FALSE, na = "", quote = FALSE)
}

# Raking by the package, and again by Newton's method on the equations of calibration,
# which goes another way than through the margins in turn.
n <- 420
people <- data.frame(
  age = sample(c("18_29", "30_49", "50_64", "65_99"), n, TRUE, c(.12, .26, .34, .28)),
  sex = sample(c("f", "m"), n, TRUE, c(.58, .42)),
  district = sample(c("centre", "hill", "mill", "station", "wood"), n, TRUE),
  start = round(runif(n, .5, 2), 3))
people$opinion <- ifelse(runif(n) < .3 + .3 * (people$age == "18_29"), "yes", "no")
margins <- rbind(
  data.frame(variable = "age", category = c("18_29", "30_49", "50_64", "65_99"),
             population = c(7100, 14200, 13300, 11400)),
  data.frame(variable = "sex", category = c("f", "m"), population = c(23300, 22700)),
  data.frame(variable = "district",
             category = c("centre", "hill", "mill", "station", "wood"),
             population = c(12000, 8500, 9500, 10500, 5500)))
out(margins, "raking_margins")
raked <- function(start) {
  frames <- lapply(split(margins, factor(margins$variable, unique(margins$variable))),
    function(part) setNames(data.frame(part$category, part$population),
                            c(part$variable[1], "Freq")))
  design <- svydesign(ids = ~1, data = people, weights = start)
  packaged <- weights(rake(design, list(~age, ~sex, ~district), frames,
                           control = list(maxit = 2000, epsilon = 1e-9)))
  x <- model.matrix(~age + sex + district, people)
  first <- weights(design); first <- first * 46000 / sum(first)
  total <- function(name) if (name == "(Intercept)") 46000 else
    margins$population[paste0(margins$variable, margins$category) == name]
  wanted <- sapply(colnames(x), total); lambda <- rep(0, ncol(x))
  for (step in 1:50) {
    w <- first * exp(as.numeric(x %*% lambda))
    lambda <- lambda + solve(crossprod(x, w * x), wanted - as.numeric(crossprod(x, w)))
  }
  stopifnot(max(abs(w / packaged - 1)) < 1e-9)
  w
}
people$one <- 1
people$plain <- as.numeric(raked(~one))
people$from_start <- as.numeric(raked(~start))
people$one <- NULL
out(people, "raking_people")
kish <- function(w) sum(w)^2 / sum(w^2)
share <- function(w) sum(w[people$opinion == "yes"]) / sum(w)
out(data.frame(name = c("plain", "from_start"),
               n_eff = c(kish(people$plain), kish(people$from_start)),
               deff = n / c(kish(people$plain), kish(people$from_start)),
               yes = c(share(people$plain), share(people$from_start))), "raking")

# Designs at their edges: weights of zero, a stratum with one unit, clusters in strata,
# a part of the population known per stratum.
m <- 120
edge <- data.frame(
  stratum = c("lonely", sample(c("a", "b"), m - 1, TRUE)),
  cluster = c(99, sample(1:9, m - 1, TRUE)),
  weight = round(rexp(m), 3), size = 0, item = sample(c("x", "y", NA), m, TRUE, c(.7, .2, .1)))
edge$weight[sample(m, 15)] <- 0
edge$item[1] <- "x"
edge$size <- c(lonely = 12, a = 300, b = 900)[edge$stratum]
out(edge, "edge_persons")
designs <- list(
  zero_weights = svydesign(ids = ~1, data = edge, weights = ~weight),
  lonely = svydesign(ids = ~1, strata = ~stratum, data = edge, weights = ~weight),
  finite = svydesign(ids = ~1, strata = ~stratum, data = edge, fpc = ~size),
  clusters = svydesign(ids = ~cluster, data = edge, weights = ~weight),
  nested = svydesign(ids = ~cluster, strata = ~stratum, data = edge, weights = ~weight,
                     nest = TRUE))
rows <- lapply(names(designs), function(name) {
  part <- subset(designs[[name]], !is.na(item))
  part$variables$hit <- as.numeric(part$variables$item == "x")
  found <- svymean(~hit, part)
  ci <- attr(svyciprop(~hit, part, method = "beta"), "ci")
  data.frame(design = name, share = as.numeric(coef(found)), se = as.numeric(SE(found)),
             df = degf(part), low = ci[1], high = ci[2])
})
out(do.call(rbind, rows), "edges")

# Two waves: score test and Newcombe's interval by his formula, Holm over three items.
counts <- data.frame(item = c("roads", "buses", "parks"),
                     first_hits = c(120, 45, 200), first_n = c(300, 260, 310),
                     second_hits = c(176, 60, 214), second_n = c(310, 280, 330))
newcombe <- function(x1, n1, x2, n2) {
  l <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE)$conf.int)
  a <- l(x1, n1); b <- l(x2, n2); p1 <- x1 / n1; p2 <- x2 / n2; d <- p2 - p1
  c(d, d - sqrt((p2 - b[1])^2 + (a[2] - p1)^2), d + sqrt((b[2] - p2)^2 + (p1 - a[1])^2))
}
waves <- do.call(rbind, lapply(seq_len(nrow(counts)), function(i) with(counts[i, ], {
  limits <- newcombe(first_hits, first_n, second_hits, second_n)
  test <- prop.test(c(first_hits, second_hits), c(first_n, second_n), correct = FALSE)
  data.frame(difference = limits[1], low = limits[2], high = limits[3], p = test$p.value,
             phi = sqrt(as.numeric(test$statistic) / (first_n + second_n)))
})))
waves$p_holm <- p.adjust(waves$p, "holm")
out(cbind(counts, waves), "waves")

# Points: moments and Gini by all pairs.
spent <- data.frame(a = rpois(60, 4), b = rbinom(60, 10, .2), c = 0)
spent$c <- pmax(0, 10 - spent$a - spent$b)
spent$weight <- round(runif(60, .4, 2.5), 3)
out(spent, "points_persons")
gini <- function(x, w) sum(outer(w, w) * abs(outer(x, x, "-"))) / (2 * sum(w)^2 * weighted.mean(x, w))
points <- do.call(rbind, lapply(c("a", "b", "c"), function(name) {
  x <- spent[[name]]; w <- spent$weight
  one <- svydesign(ids = ~1, data = spent, weights = ~weight)
  error <- as.numeric(SE(svymean(as.formula(paste0("~", name)), one)))
  data.frame(option = name, sum = sum(x), mean = mean(x), gini = gini(x, rep(1, 60)),
             sd = sd(x), weighted_mean = weighted.mean(x, w),
             weighted_se = error, weighted_gini = gini(x, w))
}))
out(points, "points")

# Rao and Scott's test with more cells, an empty one and missing answers, where the
# degrees of freedom are those of the whole design.
big <- data.frame(group = sample(letters[1:4], 500, TRUE, c(.4, .3, .2, .1)),
                  answer = sample(c("p", "q", "r", "s", "t"), 500, TRUE),
                  weight = round(rexp(500) + .05, 3))
big$answer[big$group == "d" & big$answer == "t"] <- "p"
big$answer[sample(500, 40)] <- NA
out(big, "rao_scott_persons")
design <- svydesign(ids = ~1, data = big, weights = ~weight)
test <- svychisq(~group + answer, design, statistic = "F")
out(data.frame(statistic = as.numeric(test$statistic), ndf = as.numeric(test$parameter[1]),
               ddf = as.numeric(test$parameter[2]), p = as.numeric(test$p.value)),
    "rao_scott")

writeLines(c(paste0("R,", getRversion()),
             paste0("survey,", packageVersion("survey"))), "versions_weighting.csv")
