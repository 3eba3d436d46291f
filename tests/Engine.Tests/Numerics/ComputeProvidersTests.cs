using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

public class ComputeProvidersTests
{
    [Fact]
    public void Both_providers_are_described_and_one_is_the_default()
    {
        IReadOnlyList<ProviderInfo> providers = ComputeProviders.Describe();
        Assert.Equal([ComputeProvider.Managed, ComputeProvider.Mkl], providers.Select(provider => provider.Provider));
        ProviderInfo standard = Assert.Single(providers, provider => provider.IsDefault);
        Assert.True(standard.IsAvailable);
        Assert.All(providers, provider => Assert.NotEmpty(provider.Reason));
        Assert.Equal(InstructionSets.NameOf(InstructionSets.Best), providers[0].InstructionSet);
        Assert.Matches(@"^\d+\.\d+", providers[0].Version);
    }

    [Fact]
    public void Auto_takes_the_default()
    {
        Mlp network = TestNetworks.Create(Activation.Tanh, [4]);
        ProviderInfo standard = ComputeProviders.Describe().Single(provider => provider.IsDefault);
        Assert.StartsWith(
            standard.Provider.ToString(), ComputeProviders.CreateNetwork(ComputeProvider.Auto, network, training: true).Description, StringComparison.Ordinal);
    }

    [Fact]
    public void MKL_that_is_there_tells_its_file_and_version()
    {
        Assert.SkipUnless(MklLibrary.Instance.IsAvailable, MklLibrary.Instance.Reason);
        ProviderInfo mkl = ComputeProviders.Describe()[1];
        Assert.True(mkl.IsAvailable);
        Assert.Matches(@"^\d{4}\.", mkl.Version);
        Assert.Contains("mkl_rt", mkl.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void MKL_that_is_not_there_tells_why_and_what_to_do()
    {
        var missing = new MklLibrary($"MKL was not found. {MklSearch.Remedy}");
        Assert.False(missing.IsAvailable);
        var thrown = Assert.Throws<ProviderUnavailableException>(
            () => ComputeProviders.CreateMklNetwork(missing, TestNetworks.Create(Activation.Tanh, [4])));
        Assert.StartsWith("MKL was not found. Install", thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"or set {MklLibrary.PathVariable} to the full path of the folder", thrown.Message, StringComparison.Ordinal);
        Assert.EndsWith("Or use -Provider Managed.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_MKL_for_the_processor_the_other_provider_is_the_remedy()
    {
        var missing = new MklLibrary("MKL exists for x64 processors only.");
        var thrown = Assert.Throws<ProviderUnavailableException>(
            () => ComputeProviders.CreateMklNetwork(missing, TestNetworks.Create(Activation.Tanh, [4])));
        Assert.Equal("MKL exists for x64 processors only. Use -Provider Managed.", thrown.Message);
    }
}
