using MonaLisa.Engine;

namespace MonaLisa.Cmdlets.Tests;

public sealed class GetMlpProviderTests : Workspace
{
    [Fact]
    public void All_providers_are_told_of_and_one_is_the_default()
    {
        IReadOnlyList<ProviderInfo> providers = Run("Get-MlpProvider").All<ProviderInfo>();
        Assert.Equal(ComputeProviders.Describe().Select(info => info.Provider), providers.Select(info => info.Provider));
        Assert.Single(providers, info => info.IsDefault);
        Assert.True(providers.Single(info => info.Provider == ComputeProvider.Managed).IsAvailable);
        Assert.All(providers, info => Assert.NotEmpty(info.Reason));
    }

    [Fact]
    public void One_provider_can_be_asked_for()
    {
        Assert.Equal(ComputeProvider.Mkl, Run("Get-MlpProvider Mkl").Single<ProviderInfo>().Provider);
        Assert.Equal([ComputeProvider.Mkl, ComputeProvider.Managed],
            Run("'Mkl', 'Managed' | Get-MlpProvider").All<ProviderInfo>().Select(info => info.Provider));
    }

    [Fact]
    public void Auto_is_the_default_one() => Assert.True(Run("Get-MlpProvider Auto").Single<ProviderInfo>().IsDefault);
}
