using HccPipeline.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
