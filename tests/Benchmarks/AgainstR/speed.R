# Rscript speed.R FILE REPEATS: prints "what,seconds,value" for each task: processor time of the fastest repeat, one thread.
suppressMessages({ library(pROC); library(survival) })
a <- commandArgs(TRUE); d <- read.csv(a[1]); k <- as.integer(a[2])
time_it <- function(what, f) {
  v <- f(); s <- replicate(k, sum(system.time(f())[1:2]))
  cat(sprintf("%s,%.6f,%.17g\n", what, min(s), v))
}
time_it("roc", function() ci.auc(roc(d$y, d$score, levels = c(0, 1), direction = "<", quiet = TRUE), method = "delong")[1])
time_it("survfit+survdiff", function() { survfit(Surv(time, status) ~ g, d); survdiff(Surv(time, status) ~ g, d)$chisq })
time_it("coxph 1 covariate", function() coef(coxph(Surv(time, status) ~ x1, d, ties = "efron"))[[1]])
time_it("coxph 3 covariates", function() coef(coxph(Surv(time, status) ~ g + x1 + x2, d, ties = "efron"))[[3]])
