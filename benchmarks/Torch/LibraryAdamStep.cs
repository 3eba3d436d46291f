using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MonaLisa.Torch;

/// <summary>The step as everyone writes it, with the library's own optimizer over a tensor for each parameter.</summary>
internal sealed class LibraryAdamStep : ITrainingStep
{
    private readonly IPaintingNetwork _network;
    private readonly Parameter[] _parameters;
    private readonly optim.Optimizer _optimizer;

    public LibraryAdamStep(IPaintingNetwork network, double learningRate)
    {
        _network = network;
        _parameters = [.. network.DrawParameters().Select(parameter => nn.Parameter(parameter))];
        _optimizer = optim.Adam(_parameters, learningRate);
    }

    public string Name => "library Adam";

    public void Run(Tensor inputs, Tensor targets)
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor loss = nn.functional.mse_loss(_network.Forward(inputs, _parameters), targets);
        loss.backward();
        _optimizer.step();
    }
}
